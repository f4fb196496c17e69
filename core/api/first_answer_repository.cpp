#include "api/first_answer_repository.h"

namespace livery::api {

namespace {

using db::Statement;

constexpr std::chrono::hours kKeptFor{24};

constexpr Statement kForget{"api_first_answer.forget",
                            "DELETE FROM core_api_first_answer "
                            "WHERE tenant_id = :tenant AND created_at < ? LIMIT 20"};
constexpr Statement kBegin{"api_first_answer.begin",
                           "INSERT INTO core_api_first_answer (tenant_id, api_key_id, "
                           "idempotency_key, request_hash, status, body, created_at) "
                           "VALUES (:tenant, ?, ?, ?, 0, '', ?)"};
constexpr Statement kFinish{"api_first_answer.finish",
                            "UPDATE core_api_first_answer SET status = ?, body = ? "
                            "WHERE tenant_id = :tenant AND api_key_id = ? AND idempotency_key = ?"};
constexpr Statement kFind{"api_first_answer.find",
                          "SELECT request_hash, status, body FROM core_api_first_answer "
                          "WHERE tenant_id = :tenant AND api_key_id = ? AND idempotency_key = ?"};

}  // namespace

void FirstAnswerRepository::Begin(db::Transaction& tx, const Asked& asked, Instant now) {
    tx.Execute(kForget, {now - kKeptFor});
    tx.Execute(kBegin, {asked.caller, asked.key, asked.request_hash, now});
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
    return Found{std::string(rows[0].Text(0)), {rows[0].Int(1), std::string(rows[0].Text(2))}};
}

}  // namespace livery::api
