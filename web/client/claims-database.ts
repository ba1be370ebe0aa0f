/** Its existence tells the next start that claims may wait to be sent. */
export const CLAIMS_DATABASE = 'luyi-claims';
