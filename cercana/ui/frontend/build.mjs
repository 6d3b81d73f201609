// Builds what the browser gets: styles, scripts, icons, fonts. Into ../static/cercana, or the folder given.

import { execFile } from "node:child_process";
import { cp, mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const target = process.argv[2] ? `${process.argv[2]}/` : fileURLToPath(new URL("../static/cercana/", import.meta.url));
const product = fileURLToPath(new URL("../../", import.meta.url));
const FACES = ["portal", "desk", "wall", "turns"];
// What one page alone needs on top of its face.
const PAGES = ["protocol", "composer", "guide", "counter", "phone"];

async function styles(face) {
  const arguments_ = ["--input", `css/${face}.css`, "--output", `${target}${face}.css`, "--minify"];
  await promisify(execFile)("node_modules/.bin/tailwindcss", arguments_, { cwd: here });
}

function scripts() {
  return build({
    absWorkingDir: here,
    entryPoints: [...FACES, "writing", "composer", "reply_phrases", "guide", "unfinished", "phone", "danger", "alarm", "alerts", "push_worker", "app", "app_worker"].map((name) => `js/${name}.js`),
    outdir: target,
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    legalComments: "none",
    // Workbox explains itself in the console of developers only.
    define: { "process.env.NODE_ENV": '"production"' },
  });
}

async function* sources(folder) {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = `${folder}${entry.name}`;
    if (entry.isDirectory() && !["frontend", "static", "rules", "demo"].includes(entry.name)) yield* sources(`${path}/`);
    else if (/\.(html|py)$/.test(entry.name)) yield path;
  }
}

// Only the symbols whose name some template or module quotes go to the browser, and in bold only those asked for so.
async function icons() {
  const quoted = new Set();
  for await (const path of sources(product)) {
    for (const [, name, bold] of (await readFile(path, "utf8")).matchAll(/"([a-z-]+)"(, bold=)?/g)) {
      quoted.add(name);
      if (bold) quoted.add(`${name}-b`);
    }
  }
  const sprite = await readFile(`${here}art/icons.svg`, "utf8");
  const isUsed = (line) => {
    const name = /<symbol id="i-([a-z-]+?)(-f)?"/.exec(line)?.[1];
    return name === undefined || quoted.has(name);
  };
  await writeFile(`${target}icons.svg`, sprite.split("\n").filter(isUsed).join("\n"));
}

async function files() {
  for (const name of ["seal.svg", "olive-branch.svg"]) await cp(`${here}art/${name}`, `${target}${name}`);
  await cp(`${here}art/app`, `${target}app`, { recursive: true });
  await cp(`${here}fonts`, `${target}fonts`, { recursive: true });
}

await rm(target, { recursive: true, force: true });
await mkdir(target, { recursive: true });
await Promise.all([...[...FACES, ...PAGES].map(styles), scripts(), icons(), files()]);
