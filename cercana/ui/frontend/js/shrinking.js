// Makes a photo small enough to travel from anywhere, before it is kept: turned upright, and without the place where it
// was taken, which a drawn picture does not carry. What cannot be drawn stays as it is: the server takes it, too, and takes
// out the place itself.

const LONGEST_SIDE = 1920;
const QUALITY = 0.82;
const SMALL = 300_000;

export async function shrink(file, { keepsPlace = false } = {}) {
  if (keepsPlace || !/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const share = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(picture.width * share);
    canvas.height = Math.round(picture.height * share);
    const pen = canvas.getContext("2d");
    // What is transparent in a picture is white on paper, not black.
    pen.fillStyle = "white";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
    if (!blob || (blob.size >= file.size && file.size <= SMALL && file.type !== "image/jpeg")) return file;
    return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg", lastModified: file.lastModified });
  } catch {
    return file;
  }
}
