/** When the journeys happen, for the phones and for the service: half past two on an ordinary Tuesday in Xiamen. */
export const NOW_ISO = '2026-03-10T14:30:00+08:00';
export const NOW = Date.parse(NOW_ISO);
