/**
 * A text to a phone. `code` is the one-time code in it, for gateways that fill a template of their own. A gateway sends
 * what comes twice under one `id` once; without one, each call is a message of its own.
 */
export type Message = { to: string; text: string; code?: string; id?: string };

/** The way out to people's phones. Resolves when the message is handed over, rejects when it could not be. */
export type SendMessage = (message: Message) => Promise<void>;
