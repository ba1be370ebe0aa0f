import type { SaleFault } from '#domain/insurance/quote-enrolment.ts';
import { type Problem, refuseField } from '../http/problem.ts';

/** Why days cannot be bought, in words that say which can. */
export function refuseSale(fault: SaleFault): Problem {
  switch (fault.code) {
    case 'no_days':
      return refuseField('days_not_for_sale', 'days', 'Choose at least one day.');
    case 'too_soon':
      return refuseField(
        'days_not_for_sale',
        'days',
        `${fault.day} cannot be bought any more. The first day is ${fault.earliest}.`,
      );
    case 'too_far_ahead':
      return refuseField(
        'days_not_for_sale',
        'days',
        `${fault.day} is too far ahead. The last day is ${fault.latest}.`,
      );
    case 'too_many_days':
      return refuseField('days_not_for_sale', 'days', `At most ${fault.mostDays} days can be bought at once.`);
    case 'too_young':
      return refuseField(
        'age_not_insurable',
        'days',
        `On ${fault.day} the person is younger than ${fault.minAge}, the lowest age that is insured.`,
      );
    case 'too_old':
      return refuseField(
        'age_not_insurable',
        'days',
        `On ${fault.day} the person is older than ${fault.maxAge}, the highest age that is insured.`,
      );
  }
}
