// How long a page takes to load, by a model of four equations. With
//   R  the round-trip time, in ms,
//   B  the bandwidth, in Mbit/s, so that a file of K kilobytes is on the line for T = 8 K / B ms,
//   S  the server's work for an answer, and N files that the page needs, after the page itself:
//
//   the connection        DNS R + TCP R + TLS 1.3 R; HTTP/3: DNS R + QUIC with TLS R
//   the page              R + S + T
//   the files, HTTP/1.1 with c connections
//                         the first two round trips of the other c - 1 (TCP, TLS) run while the
//                         first connection already fetches; the last connection to finish counts.
//                         A fetch takes R + S, and c of them share the line.
//   the files, HTTP/2, 3  R + S + N T: all are asked for at once
//
// Left out: packet loss, TCP's slow start (it makes distance worse), priorities, the processor.

export const FILES = 24;
const KILOBYTES = 30;
const WORK = 10; // ms
export const MEGABITS = 50;

/** @typedef {{name: string, spans: [what: string, milliseconds: number][]}} Load */

/**
 * @param {number} round the round-trip time, in ms
 * @param {number} [megabits] the bandwidth, in Mbit/s
 * @returns {Load[]}
 */
export function loads(round, megabits = MEGABITS) {
  const line = (8 * KILOBYTES) / megabits;
  const page = round + WORK + line;
  const before = /** @type {[string, number][]} */ ([
    ["DNS", round], ["TCP", round], ["TLS", round], ["page", page],
  ]);
  const quic = /** @type {[string, number][]} */ ([
    ["DNS", round], ["QUIC", round], ["page", page],
  ]);
  const atOnce = round + WORK + FILES * line;
  return [
    { name: "HTTP/1.1, one connection", spans: [...before, ["files", inTurn(round, line, 1)]] },
    { name: "HTTP/1.1, six connections", spans: [...before, ["files", inTurn(round, line, 6)]] },
    { name: "HTTP/2", spans: [...before, ["files", atOnce]] },
    { name: "HTTP/3", spans: [...quic, ["files", atOnce]] },
  ];
}

/** @param {Load} load */
export const total = ({ spans }) => spans.reduce((sum, [, took]) => sum + took, 0);

/**
 * The files over HTTP/1.1: each connection fetches one after the other.
 * @param {number} round
 * @param {number} line how long one file is on the line when nothing else is
 * @param {number} connections
 */
function inTurn(round, line, connections) {
  const fetching = round + WORK + line * connections;
  const ends = Array.from({ length: connections }, (_, place) => (place ? 2 * round : 0));
  for (let file = 0; file < FILES; file += 1) {
    const next = ends.indexOf(Math.min(...ends));
    ends[next] = (ends[next] ?? 0) + fetching;
  }
  return Math.max(...ends);
}
