/** Asks once before a conversation is deleted, and says when that did not work. */

import { element } from "./dom";
import type { Strings } from "./locale/strings";

/**
 * @param onDelete resolves with what went wrong; with nothing where it is deleted.
 * @param onKeep the customer thought better of it.
 */
export function deletion(
  strings: Strings,
  onDelete: () => Promise<string>,
  onKeep: () => void,
): HTMLElement {
  const yes = element("button", { type: "button", part: "delete", class: "main danger" });
  const no = element("button", { type: "button", class: "main plain" }, strings.keep);
  const problem = element("p", { class: "problem", role: "alert" });
  yes.append(strings.deleteYes);
  no.addEventListener("click", onKeep);
  yes.addEventListener("click", async () => {
    yes.disabled = true;
    problem.textContent = "";
    problem.textContent = await onDelete();
    yes.disabled = false;
  });
  return element(
    "div",
    { class: "ask" },
    element("p", {}, strings.deleteWhat),
    problem,
    element("div", { class: "actions" }, yes, no),
  );
}
