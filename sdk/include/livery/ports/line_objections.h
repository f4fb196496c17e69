#pragma once

#include <optional>
#include <string>
#include <string_view>

#include <livery/db/database.h>
#include <livery/ids.h>
#include <livery/money/money.h>
#include <livery/result.h>
#include <livery/tenancy/tenant.h>

namespace livery {

// What a customer says of a line that he does not owe it: while it is open the amount is neither
// dunned nor taken by itself (DU-04). Provided by a plugin that takes money; called inside a
// transaction of the caller, which none of these commits. Thread: any.
class LineObjections {
 public:
    static constexpr std::string_view kPortId = "livery.line_objections/1";
    virtual ~LineObjections();
    struct Disputed {
        Uuid objection;      // nil of one that was not opened
        Money amount;        // with tax; what is owed and not objected to already, at most
        std::string number;  // of the invoice
        std::string text;    // of the line
    };
    // What Open would answer now.
    virtual Result<Disputed> Look(db::Transaction& tx, const Tenant& tenant, AccountId account,
                                  InvoiceLineId line) = 0;
    // `reason`: at most 200 letters. kNotFound: no such line of the account. kConflict with why:
    // "error.line_paid" nothing of its invoice is owed; "error.line_credited" nothing is left of
    // it; "error.line_disputed" it is objected to already.
    virtual Result<Disputed> Open(db::Transaction& tx, const Tenant& tenant, AccountId account,
                                  InvoiceLineId line, const std::string& reason) = 0;
    struct State {
        bool is_open = false;
        bool customer_is_right = false;  // of one that was decided
    };
    // nullopt: there is none.
    virtual std::optional<State> StateOf(db::Transaction& tx, const Uuid& objection) = 0;
    // Right: a credit note on the line. Wrong: it is dunned again, by its age from the beginning.
    // Whoever calls this is not told by ObjectionFollower. kNotFound: none that is open. Of one
    // that is right, why no credit note can be written.
    virtual Result<void> Decide(db::Transaction& tx, const Tenant& tenant, const Uuid& objection,
                                bool customer_is_right, const std::string& answer) = 0;
};

// Is told in the same transaction what was decided of an objection elsewhere, by whom it concerns.
// Provided by a plugin that opens some. Thread: any.
class ObjectionFollower {
 public:
    static constexpr std::string_view kPortId = "livery.objection_follower/1";
    virtual ~ObjectionFollower();
    virtual void Decided(db::Transaction& tx, const Tenant& tenant, const Uuid& objection,
                         bool customer_is_right) = 0;
};

}  // namespace livery
