/** Files in the conversation: from the customer's hands into the transcript, and to the channel. */

import { Attachments, type SentFile } from "./attachments";
import { FileSource } from "./file_source";
import type { Strings } from "./locale/strings";
import { newMessageId } from "./message_id";
import type { Message, Upload } from "./protocol";
import type { TokenStore } from "./session";
import type { Transcript } from "./transcript";
import { Uploads } from "./uploads";

/** What follows for the rest of the chat. */
export interface FilesListener {
  /** A file is at the server, and its message may be sent. */
  onTaken(id: string, file: SentFile): void;
  /** What had the focus is gone. */
  onFocusLost(): void;
}

export class Files {
  readonly #source: FileSource;
  readonly #attachments: Attachments;
  readonly #uploads: Uploads;
  readonly #transcript: Transcript;
  readonly #listener: FilesListener;

  constructor(
    chatUrl: URL,
    tokens: TokenStore,
    strings: Strings,
    transcript: Transcript,
    listener: FilesListener,
  ) {
    this.#transcript = transcript;
    this.#listener = listener;
    this.#attachments = new Attachments(chatUrl, tokens);
    this.#source = new FileSource(strings, (files, invitation) => this.#add(files, invitation));
    this.#uploads = new Uploads(this.#attachments, strings, {
      onProgress: (id, share) => transcript.find(id)?.setProgress(share),
      onFailed: (id, reason, again) =>
        transcript.find(id)?.setFileFailed(reason, again ? () => this.#uploads.retry(id) : undefined),
      onTaken: (id, file) => {
        transcript.find(id)?.file?.taken(file.attachment.id);
        listener.onTaken(id, file);
      },
    });
  }

  /** The paper clip, for the composer. */
  get button(): HTMLElement {
    return this.#source.root;
  }

  /** The messages of files that are on their way. */
  get messages(): Message[] {
    return this.#uploads.messages;
  }

  /** Takes what is pasted or dropped within this element. */
  listen(place: HTMLElement): void {
    this.#source.listen(place);
  }

  /** Shows the paper clip, and what takes a file back, while the assistant asks for files. */
  invite(): void {
    const { invitation } = this.#transcript;
    this.#transcript.inviting = invitation !== null;
    if (this.#source.invite(invitation)) this.#listener.onFocusLost();
  }

  preview(id: string): Promise<Blob | null> {
    return this.#attachments.preview(id);
  }

  /** Takes the file of this message back, wherever it is. */
  async remove(message: string): Promise<void> {
    if (this.#uploads.stop(message)) {
      this.#transcript.remove(message);
      this.#listener.onFocusLost();
      return;
    }
    const file = this.#transcript.find(message)?.file;
    if (file === undefined) return;
    if (await this.#attachments.remove(file.id).catch(() => false)) {
      file.removed();
      this.#listener.onFocusLost();
    } else {
      this.#transcript.find(message)?.setRemovalFailed();
    }
  }

  /** The conversation is deleted: nothing of it is sent any more. */
  clear(): void {
    this.#uploads.clear();
  }

  #add(files: File[], invitation: Upload): void {
    for (const file of files) {
      const id = newMessageId();
      this.#transcript.add(this.#uploads.add(id, file));
      this.#uploads.begin(id, invitation);
    }
    this.#transcript.scrollToEnd();
  }
}
