#include "app/receipts.h"

namespace livery::payments {

namespace {

std::vector<std::string> LinesOf(const BillingProfile& profile) {
    std::vector<std::string> lines;
    const std::string city = profile.place.postcode + " " + profile.city;
    for (const std::string& line :
         {profile.name, profile.line1, profile.line2, city, profile.place.country}) {
        if (line.find_first_not_of(' ') != std::string::npos) lines.push_back(line);
    }
    return lines;
}

std::string NumbersOf(const Payment& payment) {
    std::string numbers;
    for (const Share& part : payment.parts) {
        if (!part.number.empty()) numbers += (numbers.empty() ? "" : ", ") + part.number;
    }
    return numbers;
}

// What the papers of payments and of refunds differ in.
struct Sheet {
    std::string number;
    std::string party;  // what the payer is called: whom it came from, or went to
    std::string what;
    std::string reference;
    std::string total;  // what the amount is called
    Money amount;
    std::string note;
    Instant at;
};

Document Written(const Sheet& paper, const Payment& payment, const std::vector<std::string>& payer,
                 const Tenant& tenant, const Formatter& t) {
    Document sheet;
    sheet.language = t.language();
    sheet.direction =
        t.right_to_left() ? Document::Direction::kRightToLeft : Document::Direction::kLeftToRight;
    sheet.brand = {tenant.name, tenant.logo_svg, tenant.brand_color, {tenant.name}};
    sheet.title = t.Text("list.receipt") + " " + paper.number;
    sheet.blocks.push_back({paper.party, payer, {}});
    sheet.blocks.push_back({"",
                            {},
                            {{t.Text("list.date"), t.Day(t.DayOf(paper.at))},
                             {t.Text("list.what"), paper.what},
                             {t.Text("detail.reference"), paper.reference}}});
    const std::string numbers = NumbersOf(payment);
    if (!numbers.empty()) sheet.blocks.back().facts.push_back({t.Text("detail.invoice"), numbers});
    sheet.totals.push_back({paper.total, t.Amount(paper.amount), Document::RowKind::kTotal});
    if (!paper.note.empty()) sheet.notes.push_back({"", paper.note});
    sheet.footer = {{tenant.name}, {tenant.support_email}};
    sheet.author = tenant.name;
    sheet.subject = sheet.title;
    sheet.created = paper.at;
    return sheet;
}

}  // namespace

Document ReceiptOf(const Payment& payment, const std::vector<std::string>& payer,
                   const Tenant& tenant, const Formatter& t) {
    const std::string what =
        t.Text(payment.instance.empty() ? "origin.by_hand"
                                        : "origin." + std::string(ToString(payment.origin)));
    return Written({payment.receipt, t.Text("receipt.from"), what, payment.reference,
                    t.Text("receipt.received"), payment.processed.value_or(payment.amount),
                    t.Text("receipt.thanks"), payment.began_at},
                   payment, payer, tenant, t);
}

Document ReceiptOf(const Refund& refund, const Payment& payment,
                   const std::vector<std::string>& payer, const Tenant& tenant,
                   const Formatter& t) {
    return Written({refund.receipt, t.Text("receipt.to"),
                    t.Text("refund_kind." + std::string(ToString(refund.kind))), refund.reference,
                    t.Text("receipt.paid_back"), refund.amount, "", refund.began_at},
                   payment, payer, tenant, t);
}

std::vector<std::string> Receipts::PayerOf(const TenantId& tenant, AccountId account) {
    std::vector<std::string> payer;
    database_.Transact(tenant, [&](db::Transaction& tx) {
        const auto profile = profiles_.Of(tx, account);
        payer = profile ? LinesOf(*profile) : std::vector<std::string>();
    });
    return payer;
}

Result<Receipts::Paper> Receipts::Of(const Tenant& tenant, const Formatter& t,
                                     const Payment& payment) {
    if (payment.receipt.empty()) return NotFound("there is no receipt of it");
    const Document sheet = ReceiptOf(payment, PayerOf(tenant.id, payment.account), tenant, t);
    return Paper{payment.receipt, LIVERY_TRY(renderer_.Render(sheet))};
}

Result<Receipts::Paper> Receipts::Of(const Tenant& tenant, const Formatter& t, const Refund& refund,
                                     const Payment& payment) {
    if (refund.receipt.empty()) return NotFound("there is no receipt of it");
    const Document sheet =
        ReceiptOf(refund, payment, PayerOf(tenant.id, payment.account), tenant, t);
    return Paper{refund.receipt, LIVERY_TRY(renderer_.Render(sheet))};
}

}  // namespace livery::payments
