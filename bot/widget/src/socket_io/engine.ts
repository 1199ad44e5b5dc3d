/**
 * Engine.IO 4 for text alone: what the widget has in place of `engine.io-client`.
 *
 * WebSocket, or long polling where that does not open. What is above it (connecting anew,
 * acknowledgements, the queue of what is to be sent again) is Socket.IO's own client.
 * docs/decisions/0024-widget-size.md.
 */

import { Emitter } from "@socket.io/component-emitter";

import { Polling } from "./polling";
import { openWebSocket } from "./web_socket";

export interface Transport {
  send(packet: string): void;
  close(): void;
}

/** What a transport tells. */
export interface Receiver {
  onPacket(packet: string): void;
  /** It is over, or has never begun. */
  onClose(): void;
}

const [OPEN, CLOSE, PING, PONG, MESSAGE] = ["0", "1", "2", "3", "4"];

interface Handshake {
  sid: string;
  pingInterval: number;
  pingTimeout: number;
}

type Events = {
  open: () => void;
  data: (text: string) => void;
  close: (reason: string) => void;
  error: (error: Error) => void;
};

export class Socket extends Emitter<Events, Events> {
  #transport: Transport;
  #state: "opening" | "open" | "closed" = "opening";
  #silence: ReturnType<typeof setTimeout> | undefined;
  #longestSilence = 0;
  /** When the server counts as gone, even where a sleeping device let no timer run. */
  #goneAt = Infinity;

  constructor(uri: string, { path }: { path: string }) {
    super();
    const address = new URL(path, uri);
    address.searchParams.set("EIO", "4");
    addEventListener("offline", this.#onOffline);
    const poll = (): void => {
      this.#transport = new Polling(address, {
        onPacket: (packet) => this.#onPacket(packet),
        onClose: () => this.#end("transport close"),
      });
    };
    this.#transport = openWebSocket(address, {
      onPacket: (packet) => this.#onPacket(packet),
      onClose: () => (this.#state === "opening" ? poll() : this.#end("transport close")),
    });
  }

  write(data: string): void {
    if (this.#state === "open") this.#transport.send(MESSAGE + data);
  }

  close(): void {
    this.#end("forced close");
  }

  /** Asked by Socket.IO before it sends what may be lost. */
  get transport(): { writable: boolean } {
    return { writable: this.#state === "open" };
  }

  /** Asked by Socket.IO before it sends. */
  _hasPingExpired(): boolean {
    const expired = Date.now() > this.#goneAt;
    if (expired) queueMicrotask(() => this.#end("ping timeout"));
    return expired;
  }

  readonly #onOffline = (): void => this.#end("transport close");

  #onPacket(packet: string): void {
    if (this.#state === "closed") return;
    const [type, data] = [packet[0], packet.slice(1)];
    if (type === OPEN) this.#onHandshake(JSON.parse(data) as Handshake);
    else if (type === PING) {
      this.#transport.send(`${PONG}`);
      this.#wait();
    } else if (type === MESSAGE) this.emit("data", data);
    else if (type === CLOSE) this.#end("transport close");
  }

  #onHandshake({ pingInterval, pingTimeout }: Handshake): void {
    this.#state = "open";
    this.#longestSilence = pingInterval + pingTimeout;
    this.#wait();
    this.emit("open");
  }

  #wait(): void {
    clearTimeout(this.#silence);
    this.#goneAt = Date.now() + this.#longestSilence;
    this.#silence = setTimeout(() => this.#end("ping timeout"), this.#longestSilence);
  }

  #end(reason: string): void {
    const before = this.#state;
    if (before === "closed") return;
    this.#state = "closed";
    clearTimeout(this.#silence);
    removeEventListener("offline", this.#onOffline);
    this.#transport.close();
    if (before === "open") this.emit("close", reason);
    else this.emit("error", new Error(reason));
  }
}

/** Socket.IO's client takes its timers from its engine. */
export function installTimerFunctions(client: Record<string, unknown>): void {
  client["setTimeoutFn"] = setTimeout.bind(globalThis);
  client["clearTimeoutFn"] = clearTimeout.bind(globalThis);
}

export const nextTick = queueMicrotask.bind(globalThis);
