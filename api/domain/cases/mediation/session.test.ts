import { describe, expect, it } from 'vitest';
import {
  answerOffer,
  isIn,
  OFFER_STATES,
  PARTIES,
  PERFORMANCE_REPORTS,
  PERFORMANCES,
  reportPerformance,
  ROOMS,
  SIDES,
} from './session.ts';
import { settlementDocument } from './settlement-document.ts';

describe('a session', () => {
  it('has rooms for both sides, and one for each with the mediator', () => {
    const inRooms = Object.fromEntries(PARTIES.map((party) => [party, ROOMS.filter((room) => isIn(room, party))]));
    expect(inRooms).toEqual({
      claimant: ['plenary', 'caucus_claimant'],
      respondent: ['plenary', 'caucus_respondent'],
      mediator: [...ROOMS],
    });
  });

  it('has an open offer answered by the other side only', () => {
    for (const state of OFFER_STATES) {
      for (const by of SIDES) {
        for (const side of SIDES) {
          const isAnswered = answerOffer({ state, by }, side, 'accept');
          expect(isAnswered).toBe(state === 'open' && by !== side ? 'accepted' : null);
        }
      }
    }
  });

  it('is performed when the claimant has it or the mediator has proof, never by the word of who pays', () => {
    for (const now of PERFORMANCES) {
      for (const party of PARTIES) {
        for (const report of PERFORMANCE_REPORTS) {
          const next = reportPerformance(now, party, report);
          if (now === 'paid') expect(next).toBeNull();
          if (next === 'paid') expect([party, report]).not.toContain('respondent');
        }
      }
    }
    expect(reportPerformance('due', 'respondent', 'paid')).toBe('reported');
    expect(reportPerformance('reported', 'claimant', 'not_received')).toBe('disputed');
    expect(reportPerformance('disputed', 'mediator', 'paid')).toBe('paid');
  });
});

describe('a settlement', () => {
  const terms = {
    requestNumber: 'X-1',
    respondentName: '甲平台',
    version: 2,
    text: '退还扣款。\n双方再无争议。',
    amountFen: 30_005,
    payBy: '2026-03-20',
  };

  it('says everything that is agreed, and no claimant’s name', () => {
    const document = settlementDocument(terms);
    for (const part of ['X-1', '第 2 稿', '申请人：申请人', '甲平台', terms.text, '300.05 元', '2026-03-20']) {
      expect(document).toContain(part);
    }
  });

  it('is another text when anything in it is another', () => {
    const changes = [
      { amountFen: 30_004 },
      { amountFen: null },
      { payBy: null },
      { version: 3 },
      { text: '退还扣款。' },
    ];
    const documents = [terms, ...changes.map((change) => ({ ...terms, ...change }))].map(settlementDocument);
    expect(new Set(documents).size).toBe(documents.length);
  });
});
