#pragma once

#include <livery/ports/invoicing.h>

#include "app/biller.h"
#include "app/receivables.h"

namespace livery::invoices {

// Billing for other plugins, in their transactions.
class InvoicingDesk final : public Invoicing {
 public:
    explicit InvoicingDesk(const BillingPorts& ports)
        : ports_(ports), biller_(ports), receivables_(ports) {}
    Result<Charged> Bill(db::Transaction& tx, AccountId account, CivilTime now) override;
    std::optional<CivilTime> NextDue(db::Transaction& tx, AccountId account,
                                     CivilTime after) override;
    Result<void> RedeemCoupon(db::Transaction& tx, AccountId account, const std::string& code,
                              std::optional<SubscriptionId> subscription, CivilTime now) override;
    bool IsPastDue(db::Transaction& tx, AccountId account, Date today) override;
    std::vector<Owed> LockOwed(db::Transaction& tx, AccountId account) override;
    std::vector<AccountId> AccountsOwing(db::Transaction& tx, Date due_by, AccountId after,
                                         std::size_t most) override;
    std::vector<Part> BalancesOf(db::Transaction& tx,
                                 const std::vector<InvoiceId>& invoices) override;
    Result<Recorded> RecordPayment(db::Transaction& tx, AccountId account,
                                   const IncomingPayment& payment, CivilTime now) override;
    Result<std::vector<Part>> ReversePayment(db::Transaction& tx, AccountId account,
                                             const Reversal& reversal, CivilTime now) override;
    Result<InvoiceId> CreditPaid(db::Transaction& tx, AccountId account, const Part& part,
                                 CivilTime now) override;
    Result<InvoiceId> CreditOwed(db::Transaction& tx, AccountId account, const Part& part,
                                 CivilTime now) override;
    Result<void> CheckGivingBack(db::Transaction& tx, AccountId account, const GivingBack& wanted,
                                 const std::vector<GivingBack>& before, CivilTime now) override;

 private:
    const BillingPorts& ports_;
    Biller biller_;
    Receivables receivables_;
};

// What was invoiced for a subscription.
class BillingOfSubscriptions final : public SubscriptionBilling {
 public:
    explicit BillingOfSubscriptions(db::Database& database) : database_(database) {}
    Facts Of(const TenantId& tenant, AccountId account, SubscriptionId subscription) override;

 private:
    db::Database& database_;
};

}  // namespace livery::invoices
