import type { ProblemCode } from '../../../../api/http/problem.ts';

/** Why the API said no, by the code of its problem, else by status. */
export const refusals = {
  codes: {
    invalid_request: '填写的内容有问题，请检查后再试。',
    not_signed_in: '没有登录，或登录已过期，请重新登录。',
    not_allowed: '你的身份不能做这件事。需要的话请联系管理员。',
    not_found: '没有找到，可能已被删除。',
    site_not_found: '没有这个地方，或不归你管。',
    site_gone: '这个地方已经没有了。',
    body_too_large: '内容太大，请减少后再试。',
    too_many_requests: '操作太频繁，请过几分钟再试。',
    changed_meanwhile: '别人刚改过，请重新打开再看。',
    precondition_required: '页面太旧，请重新打开。',
    foreign_page: '这个请求不是从本站发出的，请从鹭驿的页面操作。',
    code_wrong: '验证码不对、用过了或已过期（5 分钟内有效，最多试 3 次）。请检查，或重新获取。',
    sign_in_failed: '账号或密码不对。骑手请用手机号登录。',
    second_factor_failed: '动态码不对或用过了，请等下一个；等得太久请从头登录。',
    second_factor_state: '动态码的状态变了，请刷新页面再看。',
    password_wrong: '密码不对，或新密码太短。没有任何改动。',
    demo_account: '演示账号大家共用，不能改。没有任何改动。',
    message_not_sent: '短信没发出去，请过一分钟再试。',
    person_not_found: '没有这个账号，请检查账号名。',
    membership_not_found: '没有这个身份，可能已经结束。',
    membership_held: '对方已经有这个身份了。',
    name_taken: '这个账号名有人用了，请换一个。',
    needs_password: '工作人员要有账号和密码。请先给对方新建工作账号。',
    last_administrator: '这是最后一个管理员，不能结束。请先给别人管理员身份。',
    consent_missing: '同意书有更新。请重新打开这一页，看过后再同意。',
    nothing_kept: '没有保存这一项。',
  } satisfies Partial<Record<ProblemCode, string>> as Partial<Record<string, string>>,
  statuses: {
    '401': '没有登录，或登录已过期，请重新登录。',
    '403': '你的身份不能做这件事。',
    '404': '没有找到。',
    '429': '操作太频繁，请过几分钟再试。',
  } as Partial<Record<string, string>>,
  offline: '没有网络，连上后再试。没有任何改动被保存。',
  slow: '等了 20 秒没有回应，请再试一次。',
  serverError: (requestId: string | null) =>
    requestId ? `服务器出了问题，请稍后再试。编号：${requestId}` : '服务器出了问题，请稍后再试。',
  unknown: '没有成功，请再试一次。',
};
