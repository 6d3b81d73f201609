// Makes a photo small enough to travel from anywhere, before it is kept: turned upright, and without the place where it
// was taken, which a drawn picture does not carry. What cannot be drawn stays as it is: the server takes it, too, and takes
// out the place itself.

const LONGEST_SIDE = 1920;
const QUALITY = 0.82;
const SMALL = 300_000;

// A service worker has no document, and an older phone no canvas outside of one.
function drawn(picture, width, height) {
  const canvas = self.OffscreenCanvas ? new OffscreenCanvas(width, height) : Object.assign(document.createElement("canvas"), { width, height });
  const pen = canvas.getContext("2d");
  // What is transparent in a picture is white on paper, not black.
  pen.fillStyle = "white";
  pen.fillRect(0, 0, width, height);
  pen.drawImage(picture, 0, 0, width, height);
  if (canvas.convertToBlob) return canvas.convertToBlob({ type: "image/jpeg", quality: QUALITY });
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}

export async function shrink(file, { keepsPlace = false } = {}) {
  if (keepsPlace || !/^image\/(jpeg|png|webp|heic|heif)$/.test(file.type)) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const share = Math.min(1, LONGEST_SIDE / Math.max(picture.width, picture.height));
    const blob = await drawn(picture, Math.round(picture.width * share), Math.round(picture.height * share));
    picture.close();
    if (!blob || (blob.size >= file.size && file.size <= SMALL && file.type !== "image/jpeg")) return file;
    return new File([blob], file.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg", lastModified: file.lastModified });
  } catch {
    return file;
  }
}
