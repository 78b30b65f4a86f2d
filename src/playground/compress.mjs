// Compress with Zstandard, as well as it can, what comes from standard input.
import { readFileSync } from "node:fs";
import { constants, zstdCompressSync } from "node:zlib";

const data = readFileSync(0);
const params = { [constants.ZSTD_c_compressionLevel]: 22, [constants.ZSTD_c_windowLog]: 25 };
process.stdout.write(zstdCompressSync(data, { params, pledgedSrcSize: data.length }));
