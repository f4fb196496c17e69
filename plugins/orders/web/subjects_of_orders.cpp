#include "web/subjects_of_orders.h"

#include "storage/order_repository.h"
#include "web/order_model.h"

namespace livery::orders {

std::optional<TicketSubject> SubjectsOfOrders::Find(const Asked& asked, const Formatter& words) {
    const OrderId id(asked.id);
    const auto order = OrderRepository::FindOwned(database_, asked.tenant.id, asked.account, id);
    if (!order) return std::nullopt;
    return TicketSubject{
        words.Text("subject.order",
                   {{"name", NameOf(*order)}, {"date", words.Day(DayOf(order->placed_at))}}),
        "/orders/" + id.ToString(), ""};
}

}  // namespace livery::orders
