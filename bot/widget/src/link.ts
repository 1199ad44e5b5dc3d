/** Which addresses the widget follows, and how it finds them in a text. */

import { element } from "./dom";

/** Web addresses, the shop's policy pages and the demo's mailbox, as the assistant writes them. */
const ADDRESS = /https?:\/\/[^\s<>"]+|(?<![^\s(])\/(?:policies\/[\w-]+(?:#[\w-]+)?|mailbox\b)/gi;
const LONGEST_SHOWN = 48;
const CLOSING_PUNCTUATION = /[.,;:!?'")\]]+$/;

/**
 * The full address of an `http(s)` URL or of a path on this site; null for anything else, so that
 * `javascript:` and its relatives never reach an attribute.
 */
export function safeAddress(address: string): string | null {
  if (!/^(https?:|\/)/i.test(address)) return null;
  try {
    const url = new URL(address, document.baseURI);
    return /^https?:$/.test(url.protocol) ? url.href : null;
  } catch {
    return null;
  }
}

/** A link that leaves the shop opens beside it; one within the shop follows the customer's way. */
export function anchor(address: string, ...content: (Node | string)[]): HTMLAnchorElement {
  const leaves = new URL(address).origin !== location.origin;
  const outward = leaves ? { target: "_blank", rel: "noopener noreferrer" } : {};
  return element("a", { href: address, ...outward }, ...content);
}

/** A signed link is longer than the window is wide; its beginning says where it leads. */
function shortened(address: string): string {
  return address.length <= LONGEST_SHOWN ? address : `${address.slice(0, LONGEST_SHOWN - 1)}…`;
}

/** The text as nodes, with its addresses made into links. */
export function linked(text: string): (Node | string)[] {
  const nodes: (Node | string)[] = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const written = match[0].replace(CLOSING_PUNCTUATION, "");
    const address = safeAddress(written);
    if (address === null) continue;
    nodes.push(text.slice(end, match.index), anchor(address, shortened(written)));
    end = match.index + written.length;
  }
  return [...nodes, text.slice(end)];
}
