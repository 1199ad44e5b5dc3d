/** A file that the customer adds: its name and how far it is, then its picture. */

import { element, icon } from "./dom";
import type { Strings } from "./locale/strings";
import type { Attachment } from "./protocol";

/** What a file's view leads to. */
export interface FileActions {
  /** Its small picture; empty where it has none, null where it is gone. */
  preview(id: string): Promise<Blob | null>;
  /** Takes it back. */
  remove(): void;
}

/** In CSS pixels: the longer side of a picture. */
const SIDE = 200;

export class AttachmentView {
  readonly root: HTMLElement;
  #id = "";
  readonly #attachment: Attachment;
  readonly #strings: Strings;
  readonly #actions: FileActions;
  readonly #face = element("span", { class: "file-face" });
  readonly #progress: HTMLProgressElement;
  readonly #remove: HTMLButtonElement;

  constructor(attachment: Attachment, strings: Strings, actions: FileActions) {
    const { name } = attachment;
    this.#attachment = attachment;
    this.#strings = strings;
    this.#actions = actions;
    this.#progress = element("progress", {
      max: "1",
      value: "0",
      "aria-label": strings.uploading(name),
    });
    this.#remove = element(
      "button",
      { type: "button", part: "remove-file", class: "remove-file", "aria-label": strings.remove(name) },
      icon("M6 6l12 12M18 6L6 18"),
    );
    this.#remove.addEventListener("click", () => actions.remove());
    this.#name();
    const label = element("span", { class: "visually-hidden" }, strings.customerSaid);
    this.root = element("div", { part: "file", class: "file" }, label, this.#face, this.#remove);
    if (attachment.id === "") this.root.classList.add("pending");
    else this.taken(attachment.id);
  }

  /** Of the file at the server; empty until it is there. */
  get id(): string {
    return this.#id;
  }

  /** How much of it is sent, from 0 to 1. */
  set progress(share: number) {
    this.#progress.value = share;
    if (!this.#progress.isConnected) this.#face.after(this.#progress);
  }

  /** It was not sent; it may be tried again, or taken back. */
  failed(): void {
    this.#progress.remove();
  }

  /** The server has it, and shows it as everybody sees it. */
  taken(id: string): void {
    this.#id = id;
    this.#progress.remove();
    this.root.classList.remove("pending");
    this.#actions.preview(id).then(
      (picture) => {
        if (picture === null) this.removed();
        else if (picture.size > 0) void this.#draw(picture);
      },
      // Its name says what it is.
      () => undefined,
    );
  }

  removed(): void {
    this.root.classList.remove("pending");
    this.#remove.remove();
    this.#face.classList.add("gone");
    this.#face.replaceChildren(this.#strings.removed(this.#attachment.name));
  }

  #name(): void {
    this.#face.replaceChildren(
      icon("M14 3H6v18h12V7zM14 3v4h4"),
      element("span", { dir: "auto" }, this.#attachment.name),
    );
  }

  /** On a canvas: no address of a picture, for which a page's policy would need an exception. */
  async #draw(picture: Blob): Promise<void> {
    const bitmap = await createImageBitmap(picture);
    const canvas = element("canvas", { role: "img", "aria-label": this.#attachment.name });
    canvas.width = bitmap.width;
    canvas.height = bitmap.height;
    const scale = Math.min(1, SIDE / Math.max(bitmap.width, bitmap.height));
    canvas.style.setProperty("width", `${Math.round(bitmap.width * scale)}px`);
    canvas.getContext("2d")?.drawImage(bitmap, 0, 0);
    bitmap.close();
    this.#face.replaceChildren(canvas);
  }
}
