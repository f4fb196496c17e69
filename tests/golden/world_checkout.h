#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/checkout.h"
#include "app/invoicing_desk.h"
#include "app/subscriber_changes.h"
#include "world.h"

namespace livery::golden {

// The world as the ports of a host.
class WorldDatabase final : public db::Database {
 public:
    explicit WorldDatabase(World& world) : world_(world) {}
    void Transact(const TenantId&, const std::function<void(db::Transaction&)>& work) override;
    db::Rows Query(const TenantId&, const db::Statement&, db::Params) override;

 private:
    World& world_;
};

class WorldTime final : public TenantTime {
 public:
    explicit WorldTime(World& world) : world_(world) {}
    Instant Now(const Tenant&) override { return Instant(world_.now()); }
    CivilTime ToCivil(const Tenant&, Instant instant) override;
    Instant ToInstant(const Tenant&, CivilTime civil) override { return Instant(civil); }
    WallOffset OffsetAt(const Tenant&, Instant) override { return {}; }

 private:
    World& world_;
};

// Invoicing that remembers what it charged last. Where a scenario has no payments nobody is past
// due: who acts in it may.
class WorldInvoicing final : public Invoicing {
 public:
    explicit WorldInvoicing(World& world) : world_(world), desk_(world.ports()) {}
    Result<Charged> Bill(db::Transaction& tx, AccountId account, CivilTime now) override;
    std::optional<CivilTime> NextDue(db::Transaction& tx, AccountId account,
                                     CivilTime after) override {
        return desk_.NextDue(tx, account, after);
    }
    Result<void> RedeemCoupon(db::Transaction& tx, AccountId account, const std::string& code,
                              std::optional<SubscriptionId> of, CivilTime now) override {
        return desk_.RedeemCoupon(tx, account, code, of, now);
    }
    bool IsPastDue(db::Transaction& tx, AccountId account, Date today) override {
        return world_.payments() != nullptr && desk_.IsPastDue(tx, account, today);
    }
    std::vector<Owed> LockOwed(db::Transaction& tx, AccountId account) override {
        return desk_.LockOwed(tx, account);
    }
    std::vector<AccountId> AccountsOwing(db::Transaction& tx, Date due_by, AccountId after,
                                         std::size_t most) override {
        return desk_.AccountsOwing(tx, due_by, after, most);
    }
    std::vector<Part> BalancesOf(db::Transaction& tx,
                                 const std::vector<InvoiceId>& invoices) override {
        return desk_.BalancesOf(tx, invoices);
    }
    Result<Recorded> RecordPayment(db::Transaction& tx, AccountId account,
                                   const IncomingPayment& payment, CivilTime now) override {
        return desk_.RecordPayment(tx, account, payment, now);
    }
    Result<std::vector<Part>> ReversePayment(db::Transaction& tx, AccountId account,
                                             const Reversal& reversal, CivilTime now) override {
        return desk_.ReversePayment(tx, account, reversal, now);
    }
    Result<InvoiceId> CreditPaid(db::Transaction& tx, AccountId account, const Part& part,
                                 CivilTime now) override {
        return desk_.CreditPaid(tx, account, part, now);
    }
    Result<InvoiceId> CreditOwed(db::Transaction& tx, AccountId account, const Part& part,
                                 CivilTime now) override {
        return desk_.CreditOwed(tx, account, part, now);
    }
    Result<void> CheckGivingBack(db::Transaction& tx, AccountId account, const GivingBack& wanted,
                                 const std::vector<GivingBack>& before, CivilTime now) override {
        return desk_.CheckGivingBack(tx, account, wanted, before, now);
    }
    const std::vector<invoices::Document>& charged() const { return charged_; }

 private:
    World& world_;
    invoices::InvoicingDesk desk_;
    std::vector<invoices::Document> charged_;
};

class NoLog final : public OperatorLog {
 public:
    void Warn(std::string_view, std::initializer_list<Field>) override {}
};

// The product's own preview and confirmation over a world. A change of a subscription is carried
// out as the scenario writes it, with words that a subscriber does not have.
class WorldCheckout {
 public:
    using Carry = std::function<Result<void>(db::Transaction&)>;
    struct Asked {
        AccountId account;
        orders::Wish wish;
        Carry change;  // of a wish that changes a subscription; it bills nothing
    };
    explicit WorldCheckout(World& world);

    Result<QuoteId> Preview(const Asked& asked);
    Result<orders::Outcome> Confirm(const Asked& asked, QuoteId token);
    // What the last of them charged, or would.
    const std::vector<invoices::Document>& charged() const { return invoicing_.charged(); }

 private:
    class Changes final : public SubscriptionChanges {
     public:
        explicit Changes(World& world) : world_(world), choices_(world.desk(), world, world) {}
        Result<SubscriptionChanged> Change(db::Transaction& tx, AccountId account,
                                           SubscriptionId id, const SubscriptionChange& change,
                                           CivilTime now) override;
        Result<SubscriptionChoices> ChoicesOf(db::Transaction& tx, AccountId account,
                                              SubscriptionId id, CivilTime now) override {
            return choices_.ChoicesOf(tx, account, id, now);
        }
        Carry carry;

     private:
        World& world_;
        subscriptions::SubscriberChanges choices_;
    };

    Tenant tenant_;
    WorldDatabase database_;
    WorldTime time_;
    WorldInvoicing invoicing_;
    Changes changes_;
    CountingIds ids_;
    NoLog log_;
    orders::Checkout checkout_;
};

}  // namespace livery::golden
