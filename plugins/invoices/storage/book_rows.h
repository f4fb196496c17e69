#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <livery/db/rows.h>

#include "domain/account_book.h"

namespace livery::invoices {

// Rows of the book's tables as values. The columns of each are those of the texts below, so that
// every statement that reads them names the same ones.

#define INVOICES_DOCUMENT_COLUMNS_BUT_BUYER                                                \
    "d.account_id, d.id, d.kind, d.status, d.number, d.currency, d.made_at, d.issued_at, " \
    "d.due_on, d.corrects_id, d.report_currency, d.report_rate, d.paid, d.refunded, "      \
    "d.account_credit, d.credited, d.written_off, "
#define INVOICES_DOCUMENT_COLUMNS INVOICES_DOCUMENT_COLUMNS_BUT_BUYER "d.buyer "
// For lists, which do not say who the buyer is.
#define INVOICES_SHORT_DOCUMENT_COLUMNS INVOICES_DOCUMENT_COLUMNS_BUT_BUYER "NULL "
// Document::BalanceOf, of a final document that is not void.
#define INVOICES_BALANCE "(d.net + d.tax + d.account_credit - d.paid + d.refunded - d.written_off)"
Document DocumentOf(const db::Row& row);
DocumentKind KindFrom(std::string_view text);
Status StatusFrom(std::string_view text);

#define INVOICES_LINE_COLUMNS                                                        \
    "l.document_id, l.id, l.kind, l.subscription_id, l.corrects_id, l.covers_from, " \
    "l.covers_to, l.amount, l.discount, l.net, l.currency, l.details "
Line LineOf(const db::Row& row);

#define INVOICES_PAYMENT_COLUMNS \
    "p.account_id, p.reference, p.paid_at, p.amount, p.currency, p.parts "
Payment PaymentOf(const db::Row& row);
std::string PartsOf(const Payment& payment);

std::string TextOf(const Buyer& buyer);

std::vector<Redemption> RedemptionsOf(std::string_view json);
std::string TextOf(const std::vector<Redemption>& redemptions);

CivilTime CivilOf(Instant instant);
// Nothing, for the time that stands for none.
std::optional<Instant> MaybeInstant(CivilTime time);

}  // namespace livery::invoices
