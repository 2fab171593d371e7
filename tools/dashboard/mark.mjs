// SPDX-License-Identifier: Apache-2.0
// Writes into a PNG which definition it was drawn from, so that a test can tell when it is out of date.

const SIGNATURE = 8;
const KEYWORD = "taskbound-dashboard";

/** A chunk of kind tEXt after the header, as the PNG specification has it (section 11.3.3). */
export function marked(png, digest) {
  const headerEnd = SIGNATURE + 8 + png.readUInt32BE(SIGNATURE) + 4;
  return Buffer.concat([png.subarray(0, headerEnd), chunk("tEXt", `${KEYWORD}\0${digest}`), png.subarray(headerEnd)]);
}

function chunk(kind, text) {
  const body = Buffer.from(kind + text, "latin1");
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(text.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc(body), body.length + 4);
  return out;
}

function crc(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) {
      sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
    }
  }
  return (sum ^ 0xffffffff) >>> 0;
}
