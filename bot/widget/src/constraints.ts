/** What is looked for, as tags: a tap on one takes it away. */

import { element } from "./dom";
import type { Strings } from "./locale/strings";
import type { Button } from "./protocol";

export function constraintTags(
  constraints: Button[],
  strings: Strings,
  onChoose: (payload: string) => void,
): HTMLElement {
  const group = element("div", {
    class: "constraints",
    part: "constraints",
    role: "group",
    "aria-label": strings.constraints,
  });
  for (const { title, payload } of constraints) {
    const tag = element(
      "button",
      { type: "button", part: "constraint", "aria-label": payload, title: payload },
      title,
      element("span", { class: "remove", "aria-hidden": "true" }, "×"),
    );
    tag.addEventListener("click", () => onChoose(payload));
    group.append(tag);
  }
  return group;
}
