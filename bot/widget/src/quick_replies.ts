/** Suggested answers: each is sent as the plain words that it stands for. */

import { element } from "./dom";
import type { Strings } from "./locale/strings";
import type { Button } from "./protocol";

export function quickReplies(
  buttons: Button[],
  strings: Strings,
  onChoose: (payload: string) => void,
): HTMLElement {
  const group = element("div", {
    class: "quick-replies",
    role: "group",
    "aria-label": strings.quickReplies,
  });
  for (const { title, payload } of buttons) {
    const button = element("button", { type: "button", part: "quick-reply" }, title);
    button.addEventListener("click", () => onChoose(payload));
    group.append(button);
  }
  return group;
}
