/** People who are signed in, for tests about what they may do: a header says who sends a request. */
import type { Actor, Membership } from '#domain/accounts/roles.ts';
import type { FindActor } from '../../api/http/actor.ts';

/** A person with these roles, each held nowhere unless it says where. */
export function makeActor(personId: string, ...memberships: (Partial<Membership> & Pick<Membership, 'role'>)[]): Actor {
  return {
    personId,
    memberships: memberships.map((membership) => ({ organisationId: null, jurisdictionCode: null, ...membership })),
  };
}

/** The headers of a request by somebody. `findTestActor` believes them, whoever writes them. */
export function signedInAs(actor: Actor): Record<string, string> {
  return { authorization: `Test ${encodeURIComponent(JSON.stringify(actor))}` };
}

export const findTestActor: FindActor = async (headers) => {
  const said = /^Test (.+)$/.exec(headers.get('authorization') ?? '')?.[1];
  return said ? (JSON.parse(decodeURIComponent(said)) as Actor) : null;
};
