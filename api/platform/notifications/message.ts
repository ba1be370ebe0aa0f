/** A text to a phone. `code` is the one-time code in it, for gateways that fill a template of their own. */
export type Message = { to: string; text: string; code?: string };

/** The way out to people's phones. Resolves when the message is handed over, rejects when it could not be. */
export type SendMessage = (message: Message) => Promise<void>;
