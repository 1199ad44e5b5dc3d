/** A row that scrolls sideways: by swipe, by its two buttons, and by the arrow keys. */

import { element, icon } from "./dom";
import type { Strings } from "./locale/strings";

export function carousel(items: HTMLElement[], strings: Strings): HTMLElement {
  const list = element("ul", { class: "cards", role: "list", "aria-label": strings.products });
  list.append(...items);
  list.addEventListener("keydown", (event) => {
    const faces = [...list.querySelectorAll<HTMLElement>("[part=card] > a, [part=card] > button")];
    const root = list.getRootNode() as ShadowRoot | Document;
    const place = faces.indexOf(root.activeElement as HTMLElement);
    const next = {
      ArrowRight: place + forward(list),
      ArrowLeft: place - forward(list),
      Home: 0,
      End: faces.length - 1,
    }[event.key];
    const face = next === undefined ? undefined : faces[next];
    if (face === undefined) return;
    event.preventDefault();
    face.focus();
  });
  const row = element("div", { class: "card-row" }, list);
  if (items.length > 1) {
    row.append(
      scrollButton(list, -1, strings.previousProducts),
      scrollButton(list, 1, strings.nextProducts),
    );
  }
  return row;
}

/** 1 where the row goes on to the right, -1 where to the left. */
function forward(list: HTMLElement): 1 | -1 {
  return getComputedStyle(list).direction === "rtl" ? -1 : 1;
}

/** For the mouse; keys and screen readers go from card to card, so they skip it. */
function scrollButton(list: HTMLElement, direction: 1 | -1, label: string): HTMLElement {
  const button = element(
    "button",
    {
      type: "button",
      part: "scroll",
      class: `scroll ${direction > 0 ? "next" : "previous"}`,
      tabindex: "-1",
      "aria-hidden": "true",
      title: label,
      hidden: true,
    },
    icon(direction > 0 ? "M9 6l6 6-6 6" : "M15 6l-6 6 6 6"),
  );
  button.addEventListener("click", () => {
    list.scrollBy({ left: direction * forward(list) * list.clientWidth * 0.8 });
  });
  const update = (): void => {
    // Negative where the row goes on to the left.
    const gone = Math.abs(list.scrollLeft);
    const atEnd = direction < 0 ? gone <= 1 : gone >= list.scrollWidth - list.clientWidth - 1;
    button.hidden = atEnd;
  };
  list.addEventListener("scroll", update, { passive: true });
  new ResizeObserver(update).observe(list);
  return button;
}
