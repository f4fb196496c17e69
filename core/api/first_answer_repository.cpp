#include "api/first_answer_repository.h"

#include <livery/db/failure.h>

namespace livery::api {

namespace {

using db::Statement;

constexpr std::chrono::hours kKeptFor{24};
// What is not answered yet may be open for as long as a provider does not say what came of it.
constexpr std::chrono::hours kOpenFor{30 * 24};

constexpr Statement kForget{"api_first_answer.forget",
                            "DELETE FROM core_api_first_answer "
                            "WHERE tenant_id = :tenant AND created_at < ? "
                            "AND (status <> 0 OR created_at < ?) LIMIT 20"};
constexpr Statement kBegin{"api_first_answer.begin",
                           "INSERT INTO core_api_first_answer (tenant_id, api_key_id, "
                           "idempotency_key, request_hash, status, body, created_at) "
                           "VALUES (:tenant, ?, ?, ?, 0, '', ?)"};
constexpr Statement kFinish{"api_first_answer.finish",
                            "UPDATE core_api_first_answer SET status = ?, body = ? "
                            "WHERE tenant_id = :tenant AND api_key_id = ? AND idempotency_key = ?"};
constexpr Statement kFind{"api_first_answer.find",
                          "SELECT request_hash, status, body, note, claimed_until "
                          "FROM core_api_first_answer "
                          "WHERE tenant_id = :tenant AND api_key_id = ? AND idempotency_key = ?"};
constexpr Statement kNote{"api_first_answer.note",
                          "UPDATE core_api_first_answer SET note = ?, claimed_until = ? "
                          "WHERE tenant_id = :tenant AND api_key_id = ? AND idempotency_key = ?"};
constexpr Statement kTakeOver{"api_first_answer.take_over",
                              "UPDATE core_api_first_answer SET claimed_until = ? "
                              "WHERE tenant_id = :tenant AND api_key_id = ? "
                              "AND idempotency_key = ? AND status = 0 AND claimed_until <= ?"};
constexpr Statement kSettle{"api_first_answer.settle",
                            "UPDATE core_api_first_answer "
                            "SET status = ?, body = ?, note = NULL, claimed_until = NULL "
                            "WHERE tenant_id = :tenant AND api_key_id = ? "
                            "AND idempotency_key = ? AND claimed_until = ?"};
constexpr Statement kRelease{"api_first_answer.release",
                             "UPDATE core_api_first_answer SET claimed_until = ? "
                             "WHERE tenant_id = :tenant AND api_key_id = ? "
                             "AND idempotency_key = ? AND claimed_until = ?"};
constexpr Statement kForgetOne{"api_first_answer.forget_one",
                               "DELETE FROM core_api_first_answer "
                               "WHERE tenant_id = :tenant AND api_key_id = ? "
                               "AND idempotency_key = ? AND claimed_until = ?"};

}  // namespace

void FirstAnswerRepository::Begin(db::Transaction& tx, const Asked& asked, Instant now) {
    tx.Execute(kForget, {now - kKeptFor, now - kOpenFor});
    try {
        tx.Execute(kBegin, {asked.caller, asked.key, asked.request_hash, now});
    } catch (const db::DuplicateKey&) {
        throw KeyIsTaken();
    }
}

void FirstAnswerRepository::Finish(db::Transaction& tx, const Asked& asked,
                                   const FirstAnswer& answer) {
    tx.Execute(kFinish, {answer.status, answer.body, asked.caller, asked.key});
}

std::optional<FirstAnswerRepository::Found> FirstAnswerRepository::Find(db::Database& database,
                                                                        const TenantId& tenant,
                                                                        const Asked& asked) {
    const db::Rows rows = database.Query(tenant, kFind, {asked.caller, asked.key});
    if (rows.empty()) return std::nullopt;
    Found found{std::string(rows[0].Text(0)), {rows[0].Int(1), std::string(rows[0].Text(2))}};
    if (!rows[0].IsNull(3)) found.note = rows[0].Text(3);
    if (!rows[0].IsNull(4)) found.claimed_until = rows[0].Time(4);
    return found;
}

void FirstAnswerRepository::Note(db::Transaction& tx, const Asked& asked, std::string_view note,
                                 Instant claim) {
    tx.Execute(kNote, {note, claim, asked.caller, asked.key});
}

bool FirstAnswerRepository::TakeOver(db::Transaction& tx, const Asked& asked, Instant now,
                                     Instant claim) {
    return tx.Execute(kTakeOver, {claim, asked.caller, asked.key, now}) == 1;
}

void FirstAnswerRepository::Settle(db::Transaction& tx, const Asked& asked, Instant claim,
                                   const FirstAnswer& answer) {
    tx.Execute(kSettle, {answer.status, answer.body, asked.caller, asked.key, claim});
}

void FirstAnswerRepository::Release(db::Transaction& tx, const Asked& asked, Instant claim,
                                    Instant now) {
    tx.Execute(kRelease, {now, asked.caller, asked.key, claim});
}

void FirstAnswerRepository::Forget(db::Transaction& tx, const Asked& asked, Instant claim) {
    tx.Execute(kForgetOne, {asked.caller, asked.key, claim});
}

}  // namespace livery::api
