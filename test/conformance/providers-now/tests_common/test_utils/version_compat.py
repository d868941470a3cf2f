"""A stand-in for what Airflow's own tests share: which Airflow runs."""

AIRFLOW_V_3_0_PLUS = True
AIRFLOW_V_3_1_PLUS = True
AIRFLOW_V_3_2_PLUS = True
