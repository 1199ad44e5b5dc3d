/**
 * Packets of Socket.IO 5 as text: what the built file has in place of `socket.io-parser`, whose
 * binary attachments the chat never meets. docs/decisions/0024-widget-size.md.
 */

import { Emitter } from "@socket.io/component-emitter";

export const protocol = 5;

export const PacketType = {
  CONNECT: 0,
  DISCONNECT: 1,
  EVENT: 2,
  ACK: 3,
  CONNECT_ERROR: 4,
};

export interface Packet {
  type: number;
  nsp: string;
  id?: number;
  data?: unknown;
}

/** Type, namespace where it is not the default, id of the acknowledgement, JSON. */
const PACKET = /^([0-4])(?:(\/[^,]*),?)?(\d*)(.*)$/s;

export class Encoder {
  encode({ type, nsp, id, data }: Packet): string[] {
    const namespace = nsp && nsp !== "/" ? `${nsp},` : "";
    return [`${type}${namespace}${id ?? ""}${data == null ? "" : JSON.stringify(data)}`];
  }
}

type Events = { decoded: (packet: Packet) => void };

/** Emits `decoded` for each packet that is added. */
export class Decoder extends Emitter<Events, Events> {
  /** @throws Error where this is no packet, at which Socket.IO connects anew. */
  add(text: unknown): void {
    const found = PACKET.exec(String(text));
    if (found === null) throw new Error("no packet of Socket.IO");
    const [, type, nsp = "/", id, json] = found;
    const data: unknown = json ? JSON.parse(json) : undefined;
    const listed = Number(type) === PacketType.EVENT || Number(type) === PacketType.ACK;
    if (listed && !Array.isArray(data)) throw new Error("a packet of Socket.IO without its data");
    const packet: Packet = { type: Number(type), nsp };
    if (id) packet.id = Number(id);
    if (data !== undefined) packet.data = data;
    this.emit("decoded", packet);
  }

  /** Nothing is kept from one packet to the next. */
  destroy(): void {}
}
