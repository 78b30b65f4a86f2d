/** Downloads with progress. A name that ends in .gz is decompressed while it arrives. */

/**
 * @callback OnBytes
 * @param {number} loaded  bytes that have arrived since the last call, as they were sent
 * @returns {void}
 */

/**
 * @param {string} url
 * @param {OnBytes} onbytes
 * @returns {Promise<ReadableStream<Uint8Array<ArrayBuffer>>>}
 */
async function download(url, onbytes) {
  const response = await fetch(url);
  if (!response.ok || !response.body) throw new Error(`${url}: ${response.status}`);
  /** @type {TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>} */
  const counter = new TransformStream({
    transform(chunk, controller) {
      onbytes(chunk.length);
      controller.enqueue(chunk);
    },
  });
  const stream = response.body.pipeThrough(counter);
  // A server that knows .gz may have said Content-Encoding, and then the browser has unpacked it.
  const packed = url.endsWith(".gz") && !response.headers.get("Content-Encoding");
  return packed ? stream.pipeThrough(new DecompressionStream("gzip")) : stream;
}

/**
 * @param {string} url
 * @param {OnBytes} [onbytes]
 * @returns {Promise<Uint8Array<ArrayBuffer>>}
 */
export async function fetchBytes(url, onbytes = () => {}) {
  return new Uint8Array(await new Response(await download(url, onbytes)).arrayBuffer());
}
