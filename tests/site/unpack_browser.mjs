// Unpacks the Chromium of @sparticuz/chromium into the folder that TMPDIR names, with the
// libraries it needs where the system has none.
import { fileURLToPath } from "node:url";
import chromium, { inflate } from "@sparticuz/chromium";

const archives = new URL("../bin/", import.meta.resolve("@sparticuz/chromium"));
await chromium.executablePath();
await inflate(fileURLToPath(new URL("al2023.tar.br", archives)));
