// Its own parser, by an address that the build's configuration leaves alone.
import * as socketIo from "../node_modules/socket.io-parser/build/esm/index.js";
import { describe, expect, it, vi } from "vitest";

import * as ours from "../src/socket_io/packets";

const { CONNECT, DISCONNECT, EVENT, ACK, CONNECT_ERROR } = socketIo.PacketType;

const PACKETS: ours.Packet[] = [
  { type: CONNECT, nsp: "/", data: { token: "t", device: "d" } },
  { type: CONNECT, nsp: "/" },
  { type: CONNECT, nsp: "/other", data: { sid: "1" } },
  { type: DISCONNECT, nsp: "/" },
  { type: EVENT, nsp: "/", data: ["message", { id: "1", text: "1, 2\n[3] “👟”" }], id: 12 },
  { type: EVENT, nsp: "/", data: ["typing", { on: true }] },
  { type: ACK, nsp: "/", data: [{ ok: true }], id: 0 },
  { type: ACK, nsp: "/other", data: [], id: 7 },
  { type: CONNECT_ERROR, nsp: "/", data: { message: "no" } },
];

function decoded(decoder: { on: ours.Decoder["on"]; add(text: string): void }, text: string) {
  const take = vi.fn<(packet: ours.Packet) => void>();
  decoder.on("decoded", take);
  decoder.add(text);
  return take.mock.calls;
}

describe("packets", () => {
  it.each(PACKETS)("are written and read as Socket.IO's own parser does: %j", (packet) => {
    const theirs = new socketIo.Encoder().encode(packet as socketIo.Packet);
    expect(new ours.Encoder().encode(packet)).toEqual(theirs);
    const text = theirs[0] as string;
    expect(decoded(new ours.Decoder(), text)).toEqual(
      decoded(new socketIo.Decoder() as unknown as ours.Decoder, text),
    );
  });

  it.each(["", "x", "9", "2", "2{}", "3nonsense", "2[", "51-[]"])("refuses %j", (text) => {
    expect(() => new ours.Decoder().add(text)).toThrow();
  });
});
