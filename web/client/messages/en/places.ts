import type { Messages } from '../zh.ts';

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;

export const places: Messages['places'] = {
  chips: {
    rest: 'Rest',
    free_meal: 'Free meal',
    water: 'Water',
    insurance_office: 'Yilubao',
    mediation: 'Mediation',
    open: 'Open now',
    more: 'More',
    moreActive: (count) => `More · ${count}`,
    label: 'What are you looking for',
  },
  access: {
    open: 'Walk in',
    ask: 'Ask the people inside',
    code: 'Needs a code, app or face scan',
    staff: 'Staff only',
    unknown: 'How to get in is not known',
  },
  moving: { foot: 'walk', ebike: 'ride', car: 'drive' },
  reportKinds: {
    locked: 'It was locked',
    no_water: 'No water',
    moved: 'It has moved',
    closed_for_good: 'Closed for good',
    hours_wrong: 'Hours are wrong',
    facility_wrong: 'A facility is wrong',
    confirmed: "I'm here, it's all right",
  },

  units: {
    metres: (m) => `${m} m`,
    kilometres: (km) => `${km} km`,
    about: (distance) => `about ${distance}`,
    range: (min, max) => `about ${min} to ${max}`,
    within: (max) => `within about ${max}`,
    walked: (way) => `${way} (no riding here, unverified)`,
    minutes: (minutes) => `${minutes} min`,
    hours: (hours, minutes) => (minutes ? `${hours} h ${minutes} min` : `${hours} h`),
  },

  time: {
    weekdays: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
    today: 'today',
    tomorrow: 'tomorrow',
    monthDay: (month, day) => `${day} ${MONTHS[month - 1]}`,
    yearMonthDay: (year, month, day) => `${day} ${MONTHS[month - 1]} ${year}`,
    at: (day, time) => (day ? `${day} ${time}` : time),
    ago: (days) =>
      days <= 0
        ? 'today'
        : days === 1
          ? 'yesterday'
          : days < 60
            ? `${days} days ago`
            : days < 720
              ? `${Math.round(days / 30)} months ago`
              : `${Math.round(days / 365)} years ago`,
  },

  opening: {
    openUntil: (when) => `Open until ${when}`,
    openAlways: 'Open 24 hours',
    openEnd: 'Open, closing time not known',
    opens: (when) => `Opens ${when}`,
    closed: 'Closed',
    unknown: 'Hours not known',
    closedForNow: 'Closed for now',
    closedForNowUntil: (day) => `Closed for now, back about ${day}`,
  },

  freshness: {
    verified: (ago) => `verified ${ago}`,
    confirmed: (ago) => `confirmed by a rider ${ago}`,
    reported: (day) => `as published ${day}`,
    never: 'not verified',
    stale: (text) => `${text}, may have changed`,
    contested: 'said to be wrong',
    warning: (ago, what) => `${ago} someone said “${what}”`,
  },

  badges: {
    demo: 'Demo',
    rough: 'Position is rough',
    roughCall: 'Only roughly located: call before you go',
    roughNoPhone: 'Only roughly located: ask before you go',
  },

  list: {
    heading: 'Places nearby',
    handle: 'Raise or lower the list',
    nearestFromPosition: 'From my position',
    nearestFromMap: 'From the middle of the map',
    nearestFromStreet: (street) => `From ${street}`,
    count: (count) => plural(count, 'place', 'places'),
    countAnnounce: (count, nearest) =>
      count === 0
        ? 'No place fits'
        : `${plural(count, 'place', 'places')}${nearest ? `, the nearest is ${nearest}` : ''}`,
    more: (count) => `Show ${count} more`,
    straightLine: (distance) => `${distance} in a straight line`,
    byStreet: 'All places by street',
    unplaced: (count) =>
      `${plural(count, 'place has', 'places have')} no known position and can be seen by street only`,
    loading: 'Getting the places…',
    failedOffline:
      'No network, and no data on this phone yet. Open it once with a network; after that it works without.',
    failedError: 'The data could not be fetched.',
    retry: 'Try again',
    toMap: 'Back to the map',
  },

  status: {
    offline: (when) => `Offline · data of ${when}`,
    stale: (when) => `Could not update · data of ${when}`,
    demo: 'Demo: places marked “Demo” are invented. Do not go looking for them.',
    mapMissing: 'The map is not installed yet; open it once with a network. The list works.',
    tilesFailing: 'The street map did not load. Outlines and places are still here.',
  },

  position: {
    find: 'Find the nearest',
    privacy: 'Your position stays on this phone. It is never sent to us.',
    asking: 'Finding your position…',
    following: 'Using your position',
    denied: 'No permission to use your position. Move the map or choose a street instead.',
    unavailable: 'Your position was not found. Move the map or choose a street instead.',
    unsupported: 'This browser cannot find positions. Move the map or choose a street.',
    outside: 'You are not in Xiamen (or over 1 km off shore); distances start at the middle of the map.',
    inaccurate: (distance) => `Position only accurate to about ${distance}`,
    fromPosition: 'Back to my position',
    streetLabel: 'Street or town to start from',
    mapOutside: 'The middle of the map is not in Xiamen. Move the map to see distances.',
  },

  nav: {
    label: 'Other pages',
    accident: 'Accident',
    about: 'About Luyi',
    me: 'Mine',
  },
};

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];
