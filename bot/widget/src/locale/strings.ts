/** Every word that the widget itself says; a language is one such table. */
export interface Strings {
  title: string;
  open: string;
  close: string;
  unread(count: number): string;
  greeting: string;
  suggestions: string[];
  messages: string;
  input: string;
  placeholder: string;
  send: string;
  typing: string;
  customerSaid: string;
  assistantSaid: string;
  connecting: string;
  offline: string;
  waiting: string;
  notSent: string;
  retry: string;
  newMessages: string;
  tooLong(length: number, limit: number): string;
  counter(length: number, limit: number): string;
  quickReplies: string;
  constraints: string;
  comparison: string;
  notKnown: string;
  products: string;
  previousProducts: string;
  nextProducts: string;
  noPrice: string;
  inStock: string;
  outOfStock: string;
  unknownStock: string;
}
