// Builds what the browser gets into ../static/cercana: styles, scripts, icons, fonts.

import { execFile } from "node:child_process";
import { cp, mkdir, readdir, rm } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = fileURLToPath(new URL("../static/cercana/", import.meta.url));
const FACES = ["portal", "desk"];

async function styles(face) {
  const arguments_ = ["--input", `css/${face}.css`, "--output", `${target}${face}.css`, "--minify"];
  await promisify(execFile)("node_modules/.bin/tailwindcss", arguments_, { cwd: here });
}

function scripts() {
  return build({
    absWorkingDir: here,
    entryPoints: FACES.map((face) => `js/${face}.js`),
    outdir: target,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
  });
}

async function files() {
  const pictures = (await readdir(`${here}art`)).filter((name) => name.endsWith(".svg"));
  await Promise.all(pictures.map((name) => cp(`${here}art/${name}`, `${target}${name}`)));
  await cp(`${here}fonts`, `${target}fonts`, { recursive: true });
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await Promise.all([...FACES.map(styles), scripts(), files()]);
