#pragma once

#include <set>
#include <vector>

#include <livery/ports/invoicing.h>

#include "domain/payment.h"
#include "domain/shares.h"

namespace livery::payments {

// What an account owes, oldest due first; its invoices are locked until the transaction ends.
std::vector<OwedInvoice> OwedBy(db::Transaction& tx, Invoicing& invoicing, AccountId account);
// Without what it objects to, and what somebody gave back at the provider without a word of what it
// is for: what may be dunned and taken by itself.
std::vector<OwedInvoice> UndisputedOf(db::Transaction& tx, Invoicing& invoicing, AccountId account);

// Of those the ones for which money is on its way, or may be: nobody is asked for it again
// meanwhile. Not what waits for who pays.
std::set<InvoiceId> BeingPaid(db::Transaction& tx, const std::vector<OwedInvoice>& owed);
// What the account had paid and its bank has taken back: the bank decides who is right, so nothing
// is taken for it by itself.
std::set<InvoiceId> HeldByBanks(db::Transaction& tx, AccountId account);
// Whether it asks for more than is left of its invoices, which were settled another way since.
bool AsksTooMuch(db::Transaction& tx, Invoicing& invoicing, const Payment& payment);
// Whether an automatic payment is not over yet, or payments that are not cover all that is due and
// may be taken by itself: until they are over there is no next try to tell of. Only looked at.
bool IsBeingTaken(db::Database& database, Invoicing& invoicing, const TenantId& tenant,
                  AccountId account, Date today);
std::vector<OwedInvoice> Without(std::vector<OwedInvoice> owed, const std::set<InvoiceId>& some);

}  // namespace livery::payments
