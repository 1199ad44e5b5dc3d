/** Reads JSON of somebody else: what is not of the expected type counts as absent. */

export function record(data: unknown): Record<string, unknown> {
  return typeof data === "object" && data !== null ? (data as Record<string, unknown>) : {};
}

export function list(data: unknown): unknown[] {
  return Array.isArray(data) ? data : [];
}

export function text(data: unknown): string {
  return typeof data === "string" ? data : "";
}

export function number(data: unknown): number | null {
  return typeof data === "number" && Number.isFinite(data) ? data : null;
}

export function yesOrNo(data: unknown): boolean | null {
  return typeof data === "boolean" ? data : null;
}
