/** Products beside each other, as a table that scrolls sideways where the window is narrow. */

import { element } from "./dom";
import type { Strings } from "./locale/strings";
import type { Table } from "./protocol";

export function comparison({ columns, rows }: Table, strings: Strings): HTMLElement {
  const head = element(
    "tr",
    {},
    element("td", {}),
    ...columns.map((title) => element("th", { scope: "col" }, title)),
  );
  const body = rows.map(({ name, values }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, name),
      ...values.map((value) =>
        value === ""
          ? element("td", { class: "unknown", "aria-label": strings.notKnown }, "–")
          : element("td", {}, value),
      ),
    ),
  );
  const table = element(
    "table",
    { part: "comparison" },
    element("caption", { class: "visually-hidden" }, strings.comparison),
    element("thead", {}, head),
    element("tbody", {}, ...body),
  );
  return element(
    "div",
    { class: "comparison", role: "region", "aria-label": strings.comparison, tabindex: "0" },
    table,
  );
}
