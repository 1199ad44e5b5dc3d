/** The customer's files until the channel has them. */

import type { Attachments, SentFile } from "./attachments";
import type { Strings } from "./locale/strings";
import { fileMessage, type Message, type Upload } from "./protocol";
import { RefusedError } from "./session";

export interface UploadListener {
  onProgress(id: string, share: number): void;
  /** @param again whether trying again may help. */
  onFailed(id: string, reason: string, again: boolean): void;
  /** The file is there, and its message can be sent. */
  onTaken(id: string, file: SentFile): void;
}

interface Entry {
  message: Message;
  file: File;
  stop: AbortController;
}

const MEGABYTE = 1_000_000;

export class Uploads {
  readonly #entries = new Map<string, Entry>();
  readonly #attachments: Attachments;
  readonly #strings: Strings;
  readonly #listener: UploadListener;

  constructor(attachments: Attachments, strings: Strings, listener: UploadListener) {
    this.#attachments = attachments;
    this.#strings = strings;
    this.#listener = listener;
  }

  /** In the order they were added. */
  get messages(): Message[] {
    return [...this.#entries.values()].map(({ message }) => message);
  }

  /** The message that a file is brought by; `begin` sends the file, or says why it can't be. */
  add(id: string, file: File): Message {
    const message = fileMessage(id, { id: "", name: file.name, mediaType: file.type });
    this.#entries.set(id, { message, file, stop: new AbortController() });
    return message;
  }

  begin(id: string, { maxBytes, types }: Upload): void {
    const file = this.#entries.get(id)?.file;
    if (file === undefined) return;
    const { tooLargeFile, wrongKind } = this.#strings;
    if (file.size > maxBytes) {
      this.#listener.onFailed(id, tooLargeFile(Math.floor(maxBytes / MEGABYTE)), false);
    } else if (file.type !== "" && !types.includes(file.type)) {
      this.#listener.onFailed(id, wrongKind, false);
    } else {
      void this.#attempt(id);
    }
  }

  retry(id: string): void {
    void this.#attempt(id);
  }

  /** Nothing of it is sent any more; false where it was not on its way. */
  stop(id: string): boolean {
    this.#entries.get(id)?.stop.abort();
    return this.#entries.delete(id);
  }

  clear(): void {
    for (const id of this.#entries.keys()) this.stop(id);
  }

  async #attempt(id: string): Promise<void> {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    this.#listener.onProgress(id, 0);
    const onProgress = (share: number): void => this.#listener.onProgress(id, share);
    try {
      const { file, stop } = entry;
      const sent = await this.#attachments.upload(id, file, onProgress, stop.signal);
      if (this.#entries.delete(id)) this.#listener.onTaken(id, sent);
    } catch (error) {
      if (!this.#entries.has(id)) return;
      const reason = (error as Error).message || this.#strings.connectionLost;
      this.#listener.onFailed(id, reason, !(error instanceof RefusedError));
    }
  }
}
