/** Tells the next start that a claim waits to be sent, so that nobody opens a database to find out. */
export const WAITING_KEY = 'luyi.claims-waiting';
