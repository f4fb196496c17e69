#pragma once

#include <map>
#include <optional>

#include <livery/ports/invoice_payment.h>
#include <livery/registrar.h>
#include <livery/view/form_page.h>

#include "app/methods.h"
#include "app/start_payment.h"

namespace livery::payments {

// What the way to the page names: one invoice, or a payment that is tried once more.
struct Asked {
    std::optional<InvoiceId> invoice;
    std::optional<Payment> again;
    std::string query;  // the same, for the form
};

// What can be paid now, and what is being paid by a payment that is not over yet.
struct Choice {
    Asked asked;
    std::vector<Invoicing::Owed> owed;
    std::map<PaymentId, std::vector<Invoicing::Owed>> under_way;
};

// Paying: one invoice, several in one charge, a part; with a kept method or a new one.
class PayPages {
 public:
    PayPages(StartPayment& start, Methods& methods, const PaymentPorts& ports)
        : start_(start), methods_(methods), ports_(ports) {}
    void AddTo(Registrar& registrar);

 private:
    Result<Reply> ShowPay(const RequestContext& request) const;
    Result<Reply> Pay(const RequestContext& request) const;
    // kNotFound: it names nothing, or what is not theirs.
    Result<Asked> AskedOf(const RequestContext& request) const;
    Result<Choice> ChoiceOf(const RequestContext& request) const;
    FormPage PayForm(const RequestContext& request, const Choice& choice) const;
    Result<Reply> PayFormAgain(const RequestContext& request, const Choice& choice,
                               const Error& wrong) const;
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
    explicit PaymentWay(db::Database& database) : database_(database) {}
    std::optional<Way> WayFor(const Tenant& tenant, InvoiceId invoice) override;
    std::optional<std::string> PageForAll(const Tenant& tenant) override;

 private:
    db::Database& database_;
};

}  // namespace livery::payments
