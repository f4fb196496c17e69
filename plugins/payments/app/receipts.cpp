#include "app/receipts.h"

#include <livery/check.h>

#include "storage/parties_repository.h"
#include "storage/payment_repository.h"
#include "storage/refund_repository.h"

namespace livery::payments {

namespace {

std::string NumbersOf(const Payment& payment) {
    std::string numbers;
    for (const Share& part : payment.parts) {
        if (!part.number.empty()) numbers += (numbers.empty() ? "" : ", ") + part.number;
    }
    return numbers;
}

std::string WhatOf(const OnPaper& paper, const Formatter& t) {
    if (paper.refund != nullptr)
        return t.Text("refund_kind." + std::string(ToString(paper.refund->kind)));
    return t.Text(paper.payment.instance.empty()
                      ? "origin.by_hand"
                      : "origin." + std::string(ToString(paper.payment.origin)));
}

std::vector<std::vector<std::string>> FooterOf(const Parties& parties, const Formatter& t) {
    std::vector<std::string> who;
    if (!parties.seller.empty()) who.push_back(parties.seller.front());
    who.insert(who.end(), parties.registered.begin(), parties.registered.end());
    if (!parties.vat_id.empty()) who.push_back(t.Text("receipt.vat_id") + " " + parties.vat_id);
    return {who, {parties.contact}};
}

}  // namespace

Document ReceiptOf(const OnPaper& paper, const Tenant& tenant, const Formatter& t) {
    const Payment& payment = paper.payment;
    const bool back = paper.refund != nullptr;
    // The register has what went back as less than nothing.
    const Money amount = back ? paper.refund->amount : paper.receipt.amount;
    Document sheet;
    sheet.language = t.language();
    sheet.direction =
        t.right_to_left() ? Document::Direction::kRightToLeft : Document::Direction::kLeftToRight;
    sheet.brand = {paper.parties.brand, tenant.logo_svg, tenant.brand_color, paper.parties.seller};
    sheet.title = t.Text("list.receipt") + " " + (back ? paper.refund->receipt : payment.receipt);
    sheet.blocks.push_back({t.Text(back ? "receipt.to" : "receipt.from"), paper.parties.payer, {}});
    sheet.blocks.push_back(
        {"",
         {},
         {{t.Text("list.date"), t.Day(DayOf(paper.receipt.made_at))},
          {t.Text("list.what"), WhatOf(paper, t)},
          {t.Text("detail.reference"), back ? paper.refund->reference : payment.reference}}});
    const std::string numbers = NumbersOf(payment);
    if (!numbers.empty()) sheet.blocks.back().facts.push_back({t.Text("detail.invoice"), numbers});
    sheet.totals.push_back({t.Text(back ? "receipt.paid_back" : "receipt.received"),
                            t.Amount(amount), Document::RowKind::kTotal});
    if (!back) sheet.notes.push_back({"", t.Text("receipt.thanks")});
    sheet.footer = FooterOf(paper.parties, t);
    sheet.author =
        paper.parties.seller.empty() ? paper.parties.brand : paper.parties.seller.front();
    sheet.subject = sheet.title;
    sheet.created = Instant(paper.receipt.made_at);
    return sheet;
}

Parties Receipts::PartiesOf(const Tenant& tenant, const std::string& number, AccountId account) {
    std::string parties = PartiesRepository::Find(database_, tenant.id, number);
    if (parties.empty()) {
        database_.Transact(tenant.id, [&](db::Transaction& tx) {
            PartiesRepository::Keep(tx, number, ToText(parties_.Of(tx, tenant, account)));
        });
        // Somebody may have been first.
        parties = PartiesRepository::Find(database_, tenant.id, number);
    }
    return PartiesIn(parties);
}

Result<Receipts::Paper> Receipts::Written(const Tenant& tenant, const Formatter& t,
                                          const Payment& payment, const Refund* refund,
                                          const std::string& number) {
    if (number.empty()) return NotFound("there is no receipt of it");
    const auto receipt = ReceiptRepository::Find(database_, tenant.id, number);
    if (!receipt) return NotFound("there is no receipt of it");
    const OnPaper paper{*receipt, payment, refund, PartiesOf(tenant, number, payment.account)};
    return Paper{number, LIVERY_TRY(renderer_.Render(ReceiptOf(paper, tenant, t)))};
}

Result<Receipts::Paper> Receipts::Of(const Tenant& tenant, const Formatter& t,
                                     const Payment& payment) {
    return Written(tenant, t, payment, nullptr, payment.receipt);
}

Result<Receipts::Paper> Receipts::Of(const Tenant& tenant, const Formatter& t, const Refund& refund,
                                     const Payment& payment) {
    return Written(tenant, t, payment, &refund, refund.receipt);
}

Result<Receipts::Paper> Receipts::Numbered(const Tenant& tenant, const Formatter& t,
                                           const std::string& number) {
    const auto receipt = ReceiptRepository::Find(database_, tenant.id, number);
    if (!receipt) return NotFound("there is no such receipt");
    const auto payment = PaymentRepository::Find(database_, tenant.id, receipt->payment);
    LIVERY_CHECK(payment.has_value(), "a receipt is of a payment");
    if (!receipt->refund) return Of(tenant, t, *payment);
    const auto refund = RefundRepository::Find(database_, tenant.id, RefundId(*receipt->refund));
    LIVERY_CHECK(refund.has_value(), "a receipt of a refund is of one");
    return Of(tenant, t, *refund, *payment);
}

}  // namespace livery::payments
