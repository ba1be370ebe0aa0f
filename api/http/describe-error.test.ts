import { describe, expect, it } from 'vitest';
import { describeError } from './describe-error.ts';

describe('an error in the log', () => {
  it('tells its kind, its words and where it happened', () => {
    const said = describeError(new RangeError('too far'));
    expect(said.split('\n')[0]).toBe('RangeError: too far');
    expect(said).toContain('describe-error.test.ts');
  });

  it('of the database tells the code, never the values of the query, however they look', () => {
    const cause = Object.assign(new Error('duplicate key (phone)=(13812345678)'), {
      code: '23505',
      name: 'PostgresError',
    });
    const error = new Error('Failed query: insert …\nparams: 13812345678\n    at 13812345678 (x:1:1)', { cause });
    const said = describeError(error);
    expect(said.split('\n')[0]).toBe('PostgresError 23505');
    expect(said).not.toContain('13812345678');
    expect(said).toContain('describe-error.test.ts');
    expect(describeError(cause)).not.toContain('13812345678');
  });

  it('whose words were changed later shows no stack rather than the old words', () => {
    const error = new Error('old\n    at old (x:1:1)');
    expect(error.stack).toContain('old'); // taken when it is first looked at
    error.message = 'new';
    expect(describeError(error)).toBe('Error: new');
  });

  it.each(['text', undefined, null, { message: 'x' }])('that is none (%s) is said to be none', (thrown) => {
    expect(describeError(thrown)).toBe('something that is not an Error was thrown');
  });
});
