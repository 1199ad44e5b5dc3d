import type { Receiver, Transport } from "./engine";

const SEPARATOR = "\x1e";
const OPEN = "0";
const CLOSE = "1";
const ID = "sid";

/** Packets over HTTP: one request waits for what comes, another brings what goes. */
export class Polling implements Transport {
  readonly #address: URL;
  readonly #receiver: Receiver;
  readonly #cancel = new AbortController();
  #waiting: string[] = [];
  #sending = false;

  constructor(address: URL, receiver: Receiver) {
    this.#address = new URL(address);
    this.#address.searchParams.set("transport", "polling");
    this.#receiver = receiver;
    void this.#receive();
  }

  send(packet: string): void {
    this.#waiting.push(packet);
    if (!this.#sending) void this.#flush();
  }

  close(): void {
    if (this.#cancel.signal.aborted) return;
    this.#cancel.abort();
    if (!this.#address.searchParams.has(ID)) return;
    // The server need not wait for a customer who has gone. The request outlives the page.
    const body = [...this.#waiting, CLOSE].join(SEPARATOR);
    fetch(this.#address, { method: "POST", body, keepalive: true }).catch(() => undefined);
  }

  async #receive(): Promise<void> {
    while (!this.#cancel.signal.aborted) {
      const payload = await this.#request({ cache: "no-store", signal: this.#cancel.signal });
      if (payload === null) return;
      for (const packet of payload.split(SEPARATOR)) {
        if (packet[0] === OPEN) {
          const { sid } = JSON.parse(packet.slice(1)) as { sid: string };
          this.#address.searchParams.set(ID, sid);
        }
        if (packet === CLOSE) this.#address.searchParams.delete(ID);
        this.#receiver.onPacket(packet);
      }
    }
  }

  /** One request at a time, so that nothing overtakes. */
  async #flush(): Promise<void> {
    this.#sending = true;
    while (this.#waiting.length > 0 && !this.#cancel.signal.aborted) {
      const body = this.#waiting.splice(0).join(SEPARATOR);
      if ((await this.#request({ method: "POST", body })) === null) return;
    }
    this.#sending = false;
  }

  /** The answer; null after the end of the connection, which a failed request is. */
  async #request(request: RequestInit): Promise<string | null> {
    const { signal } = this.#cancel;
    try {
      const response = await fetch(this.#address, request);
      if (!response.ok) throw new Error(response.statusText);
      return await response.text();
    } catch {
      if (signal.aborted) return null;
      this.#address.searchParams.delete(ID);
      this.#receiver.onClose();
      return null;
    }
  }
}
