#include "app/objections_to_lines.h"

#include <algorithm>

#include "app/owed.h"
#include "domain/said_by.h"
#include "storage/objection_repository.h"

namespace livery::payments {

namespace {

// nullopt: nothing of it is owed.
std::optional<Money> BalanceIn(const std::vector<OwedInvoice>& owed, InvoiceId invoice) {
    const auto found = std::find_if(owed.begin(), owed.end(),
                                    [&](const OwedInvoice& one) { return one.id == invoice; });
    return found == owed.end() ? std::nullopt : std::optional(found->balance);
}

}  // namespace

Result<ObjectionsToLines::Checked> ObjectionsToLines::Check(db::Transaction& tx, AccountId account,
                                                            InvoiceLineId line) {
    const auto found = lines_.Lock(tx, account, line);
    if (!found) return NotFound("error.not_found");
    if (ObjectionRepository::IsOpenOn(tx, account, line)) return Conflict("error.line_disputed");
    if (found->left.minor_units() <= 0) return Conflict("error.line_credited");
    if (!BalanceIn(OwedBy(tx, ports_.invoicing, account), found->invoice))
        return Conflict("error.line_paid");
    // Others may have objected to all that is left.
    const auto left = BalanceIn(UndisputedOf(tx, ports_.invoicing, account), found->invoice);
    if (!left) return Conflict("error.line_disputed");
    const Money amount = left->minor_units() < found->left.minor_units() ? *left : found->left;
    return Checked{found->invoice, {Uuid(), amount, found->number, found->text}};
}

Result<LineObjections::Disputed> ObjectionsToLines::Look(db::Transaction& tx, const Tenant&,
                                                         AccountId account, InvoiceLineId line) {
    return LIVERY_TRY(Check(tx, account, line)).disputed;
}

Result<LineObjections::Disputed> ObjectionsToLines::Open(db::Transaction& tx, const Tenant& tenant,
                                                         AccountId account, InvoiceLineId line,
                                                         const std::string& reason) {
    LIVERY_TRY(CheckReason(reason));
    Checked checked = LIVERY_TRY(Check(tx, account, line));
    const Objection opened{ObjectionId(ports_.ids.Next()),
                           account,
                           checked.invoice,
                           checked.disputed.amount,
                           reason,
                           ports_.clock.Now(),
                           line};
    objections_.Note(tx, tenant, opened);
    checked.disputed.objection = opened.id.uuid();
    return checked.disputed;
}

std::optional<LineObjections::State> ObjectionsToLines::StateOf(db::Transaction& tx,
                                                                const Uuid& objection) {
    const auto found = ObjectionRepository::Find(tx, ObjectionId(objection));
    if (!found) return std::nullopt;
    return State{found->is_open, found->won};
}

Result<void> ObjectionsToLines::Decide(db::Transaction& tx, const Tenant& tenant,
                                       const Uuid& objection, bool customer_is_right,
                                       const std::string& answer) {
    LIVERY_TRY(objections_.Close(tx, tenant, ObjectionId(objection), customer_is_right, answer));
    return {};
}

}  // namespace livery::payments
