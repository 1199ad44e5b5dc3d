/** The customer's messages until the assistant is done with them. */

import type { SentFile } from "./attachments";
import { fileMessage, plainMessage, type Message } from "./protocol";
import { RefusedError } from "./session";
import type { Unsent } from "./storage";

/** `waiting` for the channel to take it, `accepted` by it, or `failed` for good. */
export type Delivery = "waiting" | "accepted" | "failed";

/** Where the waiting messages survive a reload. */
export interface UnsentStore {
  unsent: Unsent[];
}

export interface Transport {
  /** @param attachment the token of a file that was uploaded. */
  send(id: string, text: string, attachment?: string): Promise<void>;
}

/** @param reason the channel's own words where it refused; empty where it could not be reached. */
export type DeliveryListener = (id: string, delivery: Delivery, reason: string) => void;

interface Entry {
  message: Message;
  file: SentFile | undefined;
  delivery: Delivery;
}

export class Outbox {
  readonly #entries = new Map<string, Entry>();
  readonly #store: UnsentStore;
  readonly #transport: Transport;
  readonly #onDelivery: DeliveryListener;

  constructor(store: UnsentStore, transport: Transport, onDelivery: DeliveryListener) {
    this.#store = store;
    this.#transport = transport;
    this.#onDelivery = onDelivery;
  }

  /** In the order they were written. */
  get messages(): Message[] {
    return [...this.#entries.values()].map(({ message }) => message);
  }

  isWaiting(id: string): boolean {
    return this.#entries.get(id)?.delivery === "waiting";
  }

  /** Takes up again what an earlier page of this tab could not send. */
  resume(): Message[] {
    return this.#store.unsent.map(({ id, text, file }) => this.send(id, text, file));
  }

  send(id: string, text: string, file?: SentFile): Message {
    const message = file ? fileMessage(id, file.attachment) : plainMessage("customer", id, text);
    const entry: Entry = { message, file, delivery: "waiting" };
    this.#entries.set(id, entry);
    void this.#attempt(entry);
    return message;
  }

  retry(id: string): void {
    const entry = this.#entries.get(id);
    if (entry?.delivery === "failed") void this.#attempt(entry);
  }

  /** The assistant is done with this message, or the server's history has it. */
  settle(id: string): void {
    const entry = this.#entries.get(id);
    // A refused one has no turn and no place in the history: only its own note explains it.
    if (entry === undefined || entry.delivery === "failed") return;
    this.#entries.delete(id);
    this.#remember();
  }

  /** The conversation is deleted: nothing of it is sent any more. */
  clear(): void {
    this.#entries.clear();
    this.#remember();
  }

  /**
   * After a reconnect: what was accepted and is not in the history may have been lost with the
   * connection. It goes again under the same id, which the channel answers once.
   */
  resendAccepted(): void {
    for (const entry of this.#entries.values()) {
      if (entry.delivery === "accepted") void this.#attempt(entry);
    }
  }

  async #attempt(entry: Entry): Promise<void> {
    const { id, text } = entry.message;
    this.#mark(entry, "waiting", "");
    try {
      await (entry.file
        ? this.#transport.send(id, text, entry.file.token)
        : this.#transport.send(id, text));
      this.#mark(entry, "accepted", "");
    } catch (error) {
      this.#mark(entry, "failed", error instanceof RefusedError ? error.message : "");
    }
  }

  #mark(entry: Entry, delivery: Delivery, reason: string): void {
    entry.delivery = delivery;
    if (!this.#entries.has(entry.message.id)) return;
    this.#remember();
    this.#onDelivery(entry.message.id, delivery, reason);
  }

  #remember(): void {
    this.#store.unsent = [...this.#entries.values()]
      .filter(({ delivery }) => delivery === "waiting")
      .map(({ message: { id, text }, file }) => ({ id, text, ...(file && { file }) }));
  }
}
