/** The languages that the widget speaks: one file each, and one line here. */

import { english } from "./english";
import type { Strings } from "./strings";

const LANGUAGES: Record<string, Strings> = { en: english };

/** The table of a language, or of its base ("en" for "en-GB"); English where there is none. */
export function stringsOf(language: string): Strings {
  const wanted = language.toLowerCase();
  return LANGUAGES[wanted] ?? LANGUAGES[wanted.split("-")[0] ?? ""] ?? english;
}
