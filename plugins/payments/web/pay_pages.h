#pragma once

#include <optional>

#include <livery/ports/invoice_payment.h>
#include <livery/registrar.h>
#include <livery/view/form_page.h>

#include "app/methods.h"
#include "app/start_payment.h"

namespace livery::payments {

// Paying: one invoice, several in one charge, a part; with a kept method or a new one.
class PayPages {
 public:
    PayPages(StartPayment& start, Methods& methods, const PaymentPorts& ports)
        : start_(start), methods_(methods), ports_(ports) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> ShowPay(const RequestContext& request) const;
    Result<Reply> Pay(const RequestContext& request) const;
    // What the way to the page names: one invoice, or a payment that is tried once more.
    struct Asked {
        std::optional<InvoiceId> invoice;
        std::optional<Payment> again;
        std::string query;  // the same, for the form
    };
    Result<Asked> AskedOf(const RequestContext& request) const;
    FormPage PayForm(const RequestContext& request, const std::vector<Invoicing::Owed>& owed,
                     const Asked& asked) const;
    std::vector<Invoicing::Owed> OwedBy(const RequestContext& request, const Asked& asked) const;
    static Money WantedOf(const Invoicing::Owed& invoice, const Asked& asked);
    // What a form that was sent has led to, or the id that its payment is to have.
    struct Sent {
        std::optional<Payment> payment;
        PaymentId next;
    };
    Sent SentBefore(const RequestContext& request) const;
    PaymentId PaymentOf(const RequestContext& request) const;
    void ChooseMethod(const RequestContext& request, StartPayment::Wish& wish) const;

    StartPayment& start_;
    Methods& methods_;
    const PaymentPorts& ports_;
};

// The way to paying, for the pages of invoices.
class PaymentWay final : public InvoicePayment {
 public:
    std::optional<std::string> PageFor(const Tenant& tenant, InvoiceId invoice) override;
    std::optional<std::string> PageForAll(const Tenant& tenant) override;
};

}  // namespace livery::payments
