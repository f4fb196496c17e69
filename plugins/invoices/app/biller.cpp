#include "app/biller.h"

#include <algorithm>

#include <fmt/format.h>

#include <livery/check.h>

#include "domain/charged_once.h"

namespace livery::invoices {

namespace {

Error Refused(std::string reason) { return Conflict("error." + std::move(reason)); }
// What a coupon may be taken off: charges of the subscriptions and plans that it is for.
std::vector<Line*> DiscountedLines(Document& draft, const Redemption& redemption,
                                   const billing::Coupon& coupon) {
    std::vector<Line*> lines;
    for (Line& line : draft.lines) {
        const bool charge =
            !line.corrects && line.kind != LineKind::kCredit && line.amount.minor_units() > 0;
        const bool mine = !redemption.subscription || line.subscription == redemption.subscription;
        const bool fits =
            coupon.plans.empty() || (line.key && std::find(coupon.plans.begin(), coupon.plans.end(),
                                                           line.key->plan) != coupon.plans.end());
        if (charge && mine && fits) lines.push_back(&line);
    }
    return lines;
}

}  // namespace

namespace {

// The coupon of that code, if it can be redeemed today.
const billing::Coupon* FindCoupon(const AccountWork& work, const std::string& code) {
    const auto found = work.catalog().coupons.find(code);
    if (found == work.catalog().coupons.end()) return nullptr;
    const billing::Coupon& coupon = found->second;
    return coupon.ends && *coupon.ends <= DayOf(work.now()) ? nullptr : &coupon;
}

}  // namespace

void Biller::CheckChargedOnce(AccountWork& work, const ChargingInput& input,
                              const std::vector<Line>& due) {
    const SubscriptionId subscription = input.timeline.subscription;
    std::optional<Span> twice = ChargedAgain(input, due);
    for (const Span& span : BeforeWhatIsKnown(input, due)) {
        if (twice) break;
        twice = TakenOf(ports_.books.ChargesOf(work.tx(), subscription, span), span,
                        input.policies.proration);
    }
    if (!twice) return;
    throw BrokenInvariant(fmt::format(
        "{} would be charged twice for {} … {}: its plan or its base says something else of that "
        "time now than when it was charged",
        subscription.ToString(), ToIso(twice->from), ToIso(twice->to)));
}

std::vector<Line> Biller::LinesDue(AccountWork& work) {
    std::vector<Line> due;
    for (const billing::Timeline& timeline :
         ports_.timelines.Of(work.tx(), work.profile().account, work.now())) {
        const SubscriptionId subscription = timeline.subscription;
        const std::vector<BilledLine> billed = work.book().Billed(subscription);
        const ChargingInput input{timeline, billed, work.catalog().policies,
                                  work.book().SettledTo(subscription), work.now()};
        std::vector<Line> lines = ChargesDue(input);
        CheckChargedOnce(work, input, lines);
        for (Line& line : lines) {
            line.id = work.NewLineId();
            due.push_back(std::move(line));
        }
        work.book().Settle(subscription, work.now());
    }
    return due;
}

void Biller::Discount(AccountWork& work, Document& draft) {
    for (Redemption& redemption : work.book().redemptions()) {
        const auto found = work.catalog().coupons.find(redemption.coupon);
        if (found == work.catalog().coupons.end() || redemption.left == 0) continue;
        const billing::Coupon& coupon = found->second;
        const std::vector<Line*> lines = DiscountedLines(draft, redemption, coupon);
        if (lines.empty()) continue;
        if (!coupon.percent.IsZero()) {
            DiscountBy(lines, coupon.percent);
        } else {
            const auto amount = coupon.amount.find(draft.currency);
            if (amount == coupon.amount.end()) continue;
            DiscountBy(lines, *MoneyFrom(amount->second, draft.currency));
        }
        for (Line* line : lines) line->coupons.push_back(redemption.coupon);
        if (redemption.left) --*redemption.left;
    }
}

std::vector<Document> Biller::DraftsOf(AccountWork& work, std::vector<Line> lines) {
    std::vector<Document> drafts;
    for (Line& line : lines) {
        const Currency currency = line.amount.currency();
        auto draft = std::find_if(drafts.begin(), drafts.end(), [&](const Document& document) {
            return document.currency == currency;
        });
        if (draft == drafts.end()) draft = drafts.insert(draft, work.NewDraft(currency));
        draft->lines.push_back(std::move(line));
    }
    for (Document& draft : drafts) Discount(work, draft);
    return drafts;
}

Result<std::vector<InvoiceId>> Biller::Bill(db::Transaction& tx, AccountId account, CivilTime now) {
    AccountWork work = LIVERY_TRY(AccountWork::Open(ports_, tx, account, now));
    std::vector<InvoiceId> ready;
    bool refreshed = false;
    for (Document& document : work.book().documents()) {
        if (document.status == Status::kPendingTax && work.ApplyTaxes(document)) {
            document.status = Status::kDraft;
            ready.push_back(document.id);
            continue;
        }
        if (!IsChildDraft(document) || DayOf(document.made_at) >= DayOf(now)) continue;
        refreshed = true;
        if (work.RefreshChildDraft(document)) ready.push_back(document.id);
    }
    std::vector<Document> drafts = DraftsOf(work, LinesDue(work));
    // Most days nothing is due for most accounts: then nothing is written, not even until when.
    if (ready.empty() && drafts.empty() && !refreshed) return std::vector<InvoiceId>{};
    for (Document& draft : drafts) {
        const InvoiceId id = LIVERY_TRY(work.Add(std::move(draft)));
        if (work.book().Find(id)->status == Status::kDraft) ready.push_back(id);
    }
    for (const InvoiceId id : ready) work.Finalize(id);
    work.Close();
    return work.finalized();
}

Result<std::vector<InvoiceId>> Biller::Charge(db::Transaction& tx, AccountId account,
                                              const ManualInvoice& invoice, CivilTime now) {
    AccountWork work = LIVERY_TRY(AccountWork::Open(ports_, tx, account, now));
    if (invoice.lines.empty()) return InvalidField("lines", "error.no_lines");
    if (!invoice.coupon.empty() && FindCoupon(work, invoice.coupon) == nullptr)
        return InvalidField("coupon", "error.no_such_coupon");
    std::vector<Line> lines;
    for (const ManualLine& manual : invoice.lines) {
        if (manual.quantity <= Decimal(0)) return InvalidField("quantity", "error.quantity");
        // Bounds within which every product is an amount.
        if (manual.unit_price.IsNegative() || manual.unit_price > Decimal(1'000'000'000))
            return InvalidField("unit_price", "error.amount");
        if (manual.quantity > Decimal(1'000'000)) return InvalidField("quantity", "error.quantity");
        Line line = Line::Of(LineKind::kCharge,
                             Product(manual.unit_price, manual.quantity, {}, manual.currency));
        line.id = work.NewLineId();
        line.text = manual.text;
        line.site = manual.site;
        line.tax_class = manual.tax_class;
        line.tax_codes = manual.taxes;
        line.unit_price = manual.unit_price;
        line.quantity = manual.quantity;
        lines.push_back(std::move(line));
    }
    if (!invoice.coupon.empty()) work.book().redemptions().push_back({invoice.coupon, {}, 1});
    std::vector<Document> drafts = DraftsOf(work, std::move(lines));
    // It was for this invoice alone, whether it fitted a line or not.
    if (!invoice.coupon.empty()) work.book().redemptions().pop_back();
    std::vector<InvoiceId> made;
    for (Document& draft : drafts) made.push_back(LIVERY_TRY(work.Add(std::move(draft))));
    for (const InvoiceId id : made) {
        Document& document = *work.book().Find(id);
        // It waits for somebody to finalise it, not for its taxes.
        if (invoice.draft) document.status = Status::kDraft;
        if (!invoice.draft && document.status == Status::kDraft) work.Finalize(id);
    }
    work.Close();
    return made;
}

namespace {

// Prices are lowered before tax, as by a coupon.
Result<void> ReducePrices(Document& draft, const Money& amount) {
    std::vector<Line*> charges;
    Money most(0, draft.currency);
    for (Line& line : draft.lines) {
        const bool charge =
            !line.corrects && line.kind != LineKind::kCredit && line.kind != LineKind::kChild;
        if (!charge || line.Charged().minor_units() <= 0) continue;
        charges.push_back(&line);
        most = most + line.Charged();
    }
    if (amount.minor_units() > most.minor_units())
        return InvalidField("amount", "error.more_than_left");
    DiscountBy(std::move(charges), amount);
    return {};
}

}  // namespace

Result<void> Biller::CreditDraft(db::Transaction& tx, AccountId account, InvoiceId draft,
                                 const CreditOnDraft& credit, CivilTime now) {
    AccountWork work = LIVERY_TRY(AccountWork::Open(ports_, tx, account, now));
    Document* document = work.book().Find(draft);
    if (document == nullptr) return NotFound("error.not_found");
    if (document->status != Status::kDraft) return Refused("not_a_draft");
    const Money& amount = credit.amount;
    if (amount.minor_units() <= 0 || amount.currency() != document->currency)
        return InvalidField("amount", "error.amount");
    if (credit.as == DraftCredit::kReduction) {
        LIVERY_TRY(ReducePrices(*document, amount));
        // They are calculated again when it becomes final; until then it shows them, if it can.
        (void)work.ApplyTaxes(*document);
    } else {
        Line line = Line::Of(LineKind::kCredit, Money(0, amount.currency()) - amount);
        line.id = work.NewLineId();
        document->lines.push_back(std::move(line));
    }
    work.Close();
    return {};
}

Result<void> Biller::FinalizeDraft(db::Transaction& tx, AccountId account, InvoiceId draft,
                                   CivilTime now) {
    AccountWork work = LIVERY_TRY(AccountWork::Open(ports_, tx, account, now));
    Document* document = work.book().Find(draft);
    if (document == nullptr) return NotFound("error.not_found");
    if (document->status != Status::kDraft) return Refused("not_a_draft");
    // What the children owe no longer is on no invoice, whoever makes it final. A credit alone
    // becomes a credit note.
    if (IsChildDraft(*document) && !work.RefreshChildDraft(*document)) return Refused("not_owed");
    LIVERY_TRY(work.ApplyTaxes(*document));
    work.Finalize(draft);
    work.Close();
    return {};
}

Result<void> Biller::RedeemCoupon(db::Transaction& tx, AccountId account, const std::string& code,
                                  std::optional<SubscriptionId> subscription, CivilTime now) {
    AccountWork work = LIVERY_TRY(AccountWork::Open(ports_, tx, account, now));
    const billing::Coupon* coupon = FindCoupon(work, code);
    if (coupon == nullptr) return InvalidField("coupon", "error.no_such_coupon");
    for (const Redemption& other : work.book().redemptions()) {
        if (other.coupon == code && other.subscription == subscription)
            return Refused("coupon_redeemed");
    }
    work.book().redemptions().push_back({code, subscription, coupon->times});
    work.Close();
    return {};
}

}  // namespace livery::invoices
