"""Units: their targets with monthly or quarterly statements and colours, their results over years, meetings of organs about a round."""
