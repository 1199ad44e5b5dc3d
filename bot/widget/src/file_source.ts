/** Where the customer's files come from: the paper clip, the clipboard, or dropped on the chat. */

import { element, icon } from "./dom";
import type { Strings } from "./locale/strings";
import type { Upload } from "./protocol";

export class FileSource {
  readonly root: HTMLElement;
  readonly #button: HTMLButtonElement;
  readonly #input = element("input", { type: "file", multiple: true, hidden: true });
  readonly #onFiles: (files: File[], invitation: Upload) => void;
  #invitation: Upload | null = null;

  constructor(strings: Strings, onFiles: (files: File[], invitation: Upload) => void) {
    this.#onFiles = onFiles;
    this.#button = element(
      "button",
      { type: "button", part: "attach", class: "attach", "aria-label": strings.attach },
      icon("M20 11l-8.5 8.5a5 5 0 01-7-7L13 4a3.3 3.3 0 014.7 4.7L9.4 17a1.7 1.7 0 01-2.4-2.4L14.5 7"),
    );
    this.#button.addEventListener("click", () => this.#input.click());
    this.#input.addEventListener("change", () => {
      this.#take(this.#input.files);
      this.#input.value = "";
    });
    this.root = element("span", { class: "attach-root", hidden: true }, this.#button, this.#input);
  }

  /** Takes what is pasted or dropped within this element. */
  listen(place: HTMLElement): void {
    place.addEventListener("paste", (event) => {
      if (this.#take(event.clipboardData?.files)) event.preventDefault();
    });
    for (const name of ["dragover", "dragleave", "drop"] as const) {
      place.addEventListener(name, (event) => {
        if (this.#invitation === null || !event.dataTransfer?.types.includes("Files")) return;
        event.preventDefault();
        place.classList.toggle("dropping", name === "dragover");
        if (name === "drop") this.#take(event.dataTransfer.files);
      });
    }
  }

  /** Files are taken while there is one. Says whether the focus was on what goes. */
  invite(invitation: Upload | null): boolean {
    const loses = invitation === null && this.#button.matches(":focus");
    this.#invitation = invitation;
    this.#input.accept = invitation?.types.join(",") ?? "";
    this.root.hidden = invitation === null;
    return loses;
  }

  #take(files: FileList | null | undefined): boolean {
    const taken = [...(files ?? [])];
    if (this.#invitation === null || taken.length === 0) return false;
    this.#onFiles(taken, this.#invitation);
    return true;
  }
}
