/** An order's way: what is behind it, where it is, and what is to come. */

import { element } from "./dom";
import type { Strings } from "./locale/strings";
import type { Stage } from "./protocol";

export function timeline(stages: Stage[], strings: Strings): HTMLElement {
  const steps = stages.map(({ title, time, state }) =>
    element(
      "li",
      { class: state, "aria-current": state === "now" && "step" },
      element("span", { class: "stage" }, title),
      element("span", { class: "visually-hidden" }, `, ${strings.stages[state]}`),
      element("span", { class: "when" }, time),
    ),
  );
  const list = element("ol", { part: "timeline", class: "timeline", role: "list" }, ...steps);
  list.setAttribute("aria-label", strings.timeline);
  return list;
}
