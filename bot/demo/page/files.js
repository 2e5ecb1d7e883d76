// Files on their way to the server: their bytes as text, and no more of them than Discord takes.

const MOST_BYTES = 10 * 1024 * 1024;

// Resolves to {name, base64} for each file; rejects with a sentence.
export async function pack(files) {
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > MOST_BYTES) throw new Error(`At most 10 MB can be sent at once; this is ${readableSize(size)}.`);
  return Promise.all(files.map(async (file) => ({ name: file.name, base64: await base64(file) })));
}

async function base64(file) {
  const buffer = await file.arrayBuffer().catch(() => {
    throw new Error(`“${file.name}” can’t be read any more. Please choose it again.`);
  });
  const bytes = new Uint8Array(buffer);
  let binary = "";
  for (let at = 0; at < bytes.length; at += 8192)
    binary += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return btoa(binary);
}

export function readableSize(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}
