/** The channel's routes for files, beside the socket: an upload there shows how far it is. */

import { readAttachment, type Attachment } from "./protocol";
import { RefusedError, type TokenStore } from "./session";
import { record, text } from "./wire";

/** A file that was taken, and what names it in a message. */
export interface SentFile {
  attachment: Attachment;
  token: string;
}

/** Above these, or without any answer, trying again may help. */
const FINAL = new Set([403, 409, 413, 415, 422]);

export class Attachments {
  readonly #url: string;
  readonly #tokens: TokenStore;

  constructor(chatUrl: URL, tokens: TokenStore) {
    this.#url = `${chatUrl.href.replace(/\/+$/, "")}/webhooks/web/attachments`;
    this.#tokens = tokens;
  }

  /**
   * Uploads a file, under the id of the message that will bring it: the same again is one file.
   *
   * @param onProgress is told how much is sent, from 0 to 1.
   * @throws RefusedError with the shop's words where it does not take it; another Error where it
   * could not be reached, or was stopped.
   */
  upload(
    id: string,
    file: File,
    onProgress: (share: number) => void,
    stop: AbortSignal,
  ): Promise<SentFile> {
    return new Promise((resolve, reject) => {
      const request = new XMLHttpRequest();
      request.open("POST", this.#url);
      const headers = {
        ...this.#headers,
        "Content-Type": "application/octet-stream",
        "Aisle-Message": id,
        "Aisle-File-Name": encodeURIComponent(file.name.slice(-100)),
      };
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.upload.addEventListener("progress", ({ loaded, total }) =>
        onProgress(total > 0 ? loaded / total : 0),
      );
      request.addEventListener("load", () => {
        const answer = parsed(request.responseText);
        if (request.status === 201) {
          resolve({ attachment: readAttachment(answer), token: text(answer["token"]) });
        } else {
          const reason = text(answer["error"]);
          reject(FINAL.has(request.status) ? new RefusedError(reason) : new Error(reason));
        }
      });
      for (const event of ["error", "abort", "timeout"]) {
        request.addEventListener(event, () => reject(new Error("")));
      }
      stop.addEventListener("abort", () => request.abort());
      request.send(file);
    });
  }

  /** Its small picture; nothing of what has none, and null of what is gone. */
  async preview(id: string): Promise<Blob | null> {
    const response = await fetch(`${this.#url}/${id}`, { headers: this.#headers });
    if (response.status === 404) return null;
    if (!response.ok) throw new Error(`${response.status}`);
    return response.blob();
  }

  /** Whether it is deleted; not where the shop has it already. */
  async remove(id: string): Promise<boolean> {
    const response = await fetch(`${this.#url}/${id}`, {
      method: "DELETE",
      headers: this.#headers,
    });
    return response.ok;
  }

  get #headers(): Record<string, string> {
    const { token, device } = this.#tokens;
    return { Authorization: `Bearer ${token}`, "Aisle-Device": device };
  }
}

function parsed(body: string): Record<string, unknown> {
  try {
    return record(JSON.parse(body));
  } catch {
    return {};
  }
}
