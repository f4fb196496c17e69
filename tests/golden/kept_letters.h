#pragma once

#include <map>
#include <string>

#include "app/letters.h"

namespace livery::golden {

// What was written to payers, kept with the transaction that it is about.
inline constexpr const char* kLetterTable =
    "CREATE TABLE golden_letter (tenant_id VARCHAR(32) CHARACTER SET ascii NOT NULL, account_id "
    "BINARY(16) NOT NULL, kind VARCHAR(24) CHARACTER SET ascii NOT NULL, currency CHAR(3) NOT "
    "NULL, KEY by_tenant (tenant_id, account_id))";

class KeptLetters final : public payments::Letters {
 public:
    void Received(db::Transaction& tx, const Tenant& tenant, const payments::Payment& payment,
                  const Money& paid) override;
    void Refused(db::Transaction& tx, const Tenant& tenant, const payments::Payment& payment,
                 payments::DeclineClass decline) override;
    void NotPaid(db::Transaction& tx, const Tenant& tenant,
                 const payments::Payment& payment) override;
    void CameBack(db::Transaction& tx, const Tenant& tenant, const payments::Payment& payment,
                  const Money& amount) override;
    void PaidBack(db::Transaction& tx, const Tenant& tenant, const payments::Payment& payment,
                  const payments::Refund& refund) override;
    void Reminder(db::Transaction& tx, const Tenant& tenant, AccountId account,
                  const payments::Overdue& overdue) override;
    void Upcoming(db::Transaction& tx, const Tenant& tenant, AccountId account,
                  const payments::Overdue& due) override;
    void WillBeTaken(db::Transaction& tx, const Tenant& tenant, AccountId account,
                     const payments::Overdue& due) override;
    void Step(db::Transaction& tx, const Tenant& tenant, AccountId account,
              const payments::DunningStep& step, const payments::Overdue& overdue) override;
    void Expires(db::Transaction& tx, const Tenant& tenant,
                 const payments::PaymentMethod& method) override;

    struct Kind {
        std::string name;  // "received"
        std::string currency;
        bool operator<(const Kind& other) const {
            return std::tie(name, currency) < std::tie(other.name, other.currency);
        }
    };
    static std::map<Kind, int> Count(db::Database& database, const TenantId& tenant,
                                     AccountId account);
};

}  // namespace livery::golden
